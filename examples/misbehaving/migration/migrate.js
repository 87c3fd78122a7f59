const { mkdirSync, writeFileSync } = require('node:fs');

if (process.env.MIGRATION === 'broken') {
  console.error('column "harbour" already exists');
  process.exit(3);
}
mkdirSync('data', { recursive: true });
writeFileSync('data/schema', 'schema 2\n');
console.log('migrated to schema 2');
