const http = require('node:http');

const { readFileSync } = require('node:fs');

http.createServer((request, response) => response.end(readFileSync('data/schema', 'utf8')))
  .listen(process.env.PORT ?? 3000, process.env.HOST ?? '127.0.0.1');
