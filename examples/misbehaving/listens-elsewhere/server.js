const http = require('node:http');

// Any free port will do, it thinks.
http.createServer((request, response) => response.end('ok\n')).listen(0, '127.0.0.1');
