const http = require('node:http');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const release = process.env.ESCALE_RELEASE ?? 'on your machine';
const commit = (process.env.ESCALE_COMMIT ?? 'not deployed').slice(0, 10);
const page = readFileSync(join(__dirname, 'page.html'), 'utf8')
  .replaceAll('{{release}}', release)
  .replaceAll('{{commit}}', commit)
  .replaceAll('{{since}}', new Date().toISOString());

const server = http.createServer((request, response) => {
  if (request.url === '/up') {
    response.writeHead(200, { 'Content-Type': 'text/plain' }).end('ok\n');
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
});

server.listen(process.env.PORT ?? 3000, process.env.HOST ?? '127.0.0.1', () => {
  const { address, port } = server.address();
  console.log(`release ${release} listens on http://${address}:${port}`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => server.close(() => process.exit(0)));
}
