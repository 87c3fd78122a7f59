// Leaves a child behind that would hang on, too.
require('node:child_process').spawn('sleep', ['3600'], { detached: true, stdio: 'ignore' }).unref();
console.log('building for ever');
setInterval(() => {}, 60_000);
