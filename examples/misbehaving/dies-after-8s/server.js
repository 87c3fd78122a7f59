const http = require('node:http');

http.createServer((request, response) => response.end('ok\n'))
  .listen(process.env.PORT ?? 3000, process.env.HOST ?? '127.0.0.1');

setTimeout(() => {
  console.error('the hold is flooded');
  process.exit(7);
}, 8_000);
