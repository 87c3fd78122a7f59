const http = require('node:http');

http.createServer((request, response) => response.end('ok\n'))
  .listen(process.env.PORT ?? 3000, process.env.HOST ?? '127.0.0.1');
