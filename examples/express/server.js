const express = require('express');

const app = express();
const release = process.env.ESCALE_RELEASE ?? 'on your machine';

app.disable('x-powered-by');
app.get('/up', (request, response) => response.type('text').send('ok\n'));
app.get('/', (request, response) => response.type('text').send(`Express, release ${release}\n`));

const server = app.listen(process.env.PORT ?? 3000, process.env.HOST ?? '127.0.0.1', () => {
  console.log(`release ${release} listens on port ${server.address().port}`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => server.close(() => process.exit(0)));
}
