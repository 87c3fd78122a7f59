console.log('waiting for a database that never comes');
setInterval(() => {}, 60_000);
