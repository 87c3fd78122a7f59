const http = require('node:http');

http.createServer((request, response) => response.end('ok\n')).listen(3000, '127.0.0.1');
