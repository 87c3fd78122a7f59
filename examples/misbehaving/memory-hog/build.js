const held = [];
for (;;) {
  held.push(Buffer.alloc(16 << 20, 1));
  console.log(`${held.length * 16} MB`);
}
