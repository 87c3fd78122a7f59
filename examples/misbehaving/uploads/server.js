const http = require('node:http');

const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');

mkdirSync('uploads', { recursive: true });
http.createServer((request, response) => {
  if (request.method === 'POST') {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      writeFileSync('uploads/last', Buffer.concat(parts));
      response.end('kept\n');
    });
    return;
  }
  response.end(existsSync('uploads/last') ? readFileSync('uploads/last') : 'nothing yet\n');
})
  .listen(process.env.PORT ?? 3000, process.env.HOST ?? '127.0.0.1');
