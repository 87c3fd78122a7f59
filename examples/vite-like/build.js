// Fills the template and writes the site into dist: a bundler in miniature, without packages.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist/assets', { recursive: true });

const script = readFileSync('src/main.js');
const name = `main-${createHash('sha256').update(script).digest('hex').slice(0, 8)}.js`;
writeFileSync(`dist/assets/${name}`, script);

const page = readFileSync('src/index.html', 'utf8')
  .replace('main.js', `/assets/${name}`)
  .replace('{{greeting}}', process.env.VITE_GREETING ?? 'Built on the server');
writeFileSync('dist/index.html', page);
console.log(`dist/index.html with assets/${name}`);
