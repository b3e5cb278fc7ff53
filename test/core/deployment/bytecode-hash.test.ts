import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { bytecodeHash } from '../../../src/core/deployment/bytecode-hash.js';
import { cborEnd } from '../../../src/core/deployment/cbor-end.js';
import { type ErrorCode, StateManagerError } from '../../../src/errors.js';

const code = '0x6080604052348015600f57600080fd5b50603f80601d6000396000f3fe';
const digest = '11'.repeat(32);
/** `{"bzzr0": <32 bytes>}`, as solc 0.4 wrote it, and its length. */
const swarm = `a165627a7a72305820${digest}0029`;
/** `{"ipfs": <34 bytes>, "solc": <3 bytes>}`, as solc writes it since 0.6. */
const ipfs = `a2646970667358221220${digest}64736f6c63430008130033`;

function refuses(codeWanted: ErrorCode) {
  return (error: unknown) => error instanceof StateManagerError && error.code === codeWanted;
}

describe('the hash of bytecode', () => {
  it('is Keccak-256 of the bytes', () => {
    // Keccak-256 of the one byte 0x00, and of "abc".
    assert.equal(
      bytecodeHash('0x00', 'creation'),
      '0xbc36789e7a1e281436464229828f817d6612f7b477d66591ff96a9e064bcc98a',
    );
    assert.equal(
      bytecodeHash('616263', 'runtime'),
      '0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45',
    );
  });

  it('takes digits with and without 0x, in any case', () => {
    const upper = code.slice(2).toUpperCase();
    assert.equal(bytecodeHash(upper, 'creation'), bytecodeHash(code, 'creation'));
    assert.equal(bytecodeHash(`0X${upper}`, 'creation'), bytecodeHash(code, 'creation'));
  });

  it('leaves out the metadata of every solc under the schemes that say so', () => {
    for (const trailer of [swarm, ipfs]) {
      for (const scheme of ['creation-nometa', 'runtime-nometa'] as const) {
        assert.equal(bytecodeHash(code + trailer, scheme), bytecodeHash(code, 'creation'), trailer);
      }
      assert.notEqual(bytecodeHash(code + trailer, 'creation'), bytecodeHash(code, 'creation'));
      assert.notEqual(bytecodeHash(code + trailer, 'runtime'), bytecodeHash(code, 'runtime'));
    }
  });

  it('leaves out one trailer only', () => {
    assert.equal(bytecodeHash(code + swarm + ipfs, 'creation-nometa'), bytecodeHash(code + swarm, 'creation'));
  });

  it('keeps what only looks like metadata', () => {
    const kept = {
      'no trailer': code,
      'a length beyond the code': `${code}9929`,
      'a byte string that is longer than the trailer': `${code}a165627a7a72305821${digest}0029`,
      'a map that ends before its length': `${code}00${swarm.slice(0, -4)}002a`,
      'a list': `${code}8201020003`,
      'a length of nothing': `${code}0000`,
      'an endless map': `${code}bf616101ff0005`,
      'one byte': '0xa0',
      'two bytes': '0x0001',
    };
    for (const [what, bytecode] of Object.entries(kept)) {
      assert.equal(bytecodeHash(bytecode, 'runtime-nometa'), bytecodeHash(bytecode, 'runtime'), what);
    }
  });

  it('is refused for nothing, half a byte, other text and unlinked libraries', () => {
    const placeholders = [`__$${'ab'.repeat(17)}$__`, `__${'contracts/Math.sol:Math'.padEnd(38, '_')}`];
    for (const bytecode of ['', '0x', `${code}0`, '0xzz', 'code', ...placeholders.map((hole) => `${code}${hole}00`)]) {
      assert.throws(() => bytecodeHash(bytecode, 'creation-nometa'), refuses('BAD_INPUT'), bytecode);
    }
  });

  it('never fails on bytes, and never depends on the metadata that follows them', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 80 }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (bytes, hash) => {
          const text = Buffer.from(bytes).toString('hex');
          const metadata = `a165627a7a72305820${Buffer.from(hash).toString('hex')}0029`;
          assert.equal(bytecodeHash(text + metadata, 'creation-nometa'), bytecodeHash(text, 'creation'));
          assert.match(bytecodeHash(text, 'creation-nometa'), /^0x[0-9a-f]{64}$/);
        },
      ),
    );
  });
});

describe('the end of a CBOR item', () => {
  const endOf = (hex: string) => cborEnd(Buffer.from(hex, 'hex'), 0);

  it('is found for every kind of item', () => {
    const items = [
      '00',
      '17',
      '1818',
      '190100',
      '1a00010000',
      '20',
      '40',
      '4161',
      '6161',
      '80',
      '820102',
      'a0',
      'a1616101',
      'c101',
      'f4',
      'f5',
    ];
    for (const item of items) assert.equal(endOf(`${item}ffff`), item.length / 2, item);
  });

  it('is null where bytes are missing or no length is given', () => {
    for (const item of ['', '18', '1901', '42ff', '8201', 'a16161', '5f4100ff', '1c', '9bffffffffffffffff']) {
      assert.equal(endOf(item), null, item);
    }
  });

  it('is null below sixteen levels', () => {
    assert.equal(endOf(`${'81'.repeat(16)}00`), 17);
    assert.equal(endOf(`${'81'.repeat(17)}00`), null);
  });
});
