const test = require('node:test');
const assert = require('node:assert');
const { sum } = require('../lib/sum.js');

test('adds', () => assert.equal(sum(1, 2), 3));
