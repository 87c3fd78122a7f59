const line = 'x'.repeat(1023);
let left = 50 * 1024;
const write = () => {
  while (left-- > 0) {
    if (!process.stdout.write(line + '\n')) {
      process.stdout.once('drain', write);
      return;
    }
  }
};
write();
