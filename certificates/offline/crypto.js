// SHA-2 (FIPS 180-4) and the checking half of Ed25519 (RFC 8032), for browsers without them, and for
// files opened from a disk, where some browsers lock their own away. Nothing here handles a secret, so
// that it need not take equal time.

const mod = (a, m) => ((a % m) + m) % m;

const power = (base, exponent, m) => {
  let result = 1n;
  for (base = mod(base, m); exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % m;
    base = (base * base) % m;
  }
  return result;
};

const fromBigEndian = (bytes) => bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
const fromLittleEndian = (bytes) => fromBigEndian([...bytes].reverse());
const toBigEndian = (value, length) =>
  Uint8Array.from({ length }, (_, at) => Number((value >> BigInt(8 * (length - 1 - at))) & 255n));
const concat = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

// --- SHA-256 and SHA-512: the same steps on words of 32 and of 64 bits -----------------------------
const primes = (count) => {
  const found = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime)) found.push(n);
  return found;
};

// The standard's constants are the first bits of the fractions of square and cube roots of primes.
const root = (value, degree) => {
  let low = 0n;
  for (let bit = 1n << 80n; bit; bit >>= 1n) if ((low + bit) ** degree <= value) low += bit;
  return low;
};
const fraction = (prime, degree) => root(BigInt(prime) << (64n * degree), degree) & (2n ** 64n - 1n);

const SHA = {
  256: { size: 32n, rounds: 64, turns: [[2n, 13n, 22n], [6n, 11n, 25n], [7n, 18n, 3n], [17n, 19n, 10n]] },
  512: { size: 64n, rounds: 80, turns: [[28n, 34n, 39n], [14n, 18n, 41n], [1n, 8n, 7n], [19n, 61n, 6n]] },
};
for (const kind of Object.values(SHA)) {
  kind.mask = 2n ** kind.size - 1n;
  kind.begin = primes(8).map((prime) => fraction(prime, 2n) >> (64n - kind.size));
  kind.constants = primes(kind.rounds).map((prime) => fraction(prime, 3n) >> (64n - kind.size));
}

const sha = (bits, message) => {
  const { size, rounds, turns, mask, begin, constants } = SHA[bits];
  const [big0, big1, small0, small1] = turns;
  const block = Number(size) * 2;
  const turn = (x, n) => ((x >> n) | (x << (size - n))) & mask;
  const big = (x, [a, b, c]) => turn(x, a) ^ turn(x, b) ^ turn(x, c);
  const small = (x, [a, b, c]) => turn(x, a) ^ turn(x, b) ^ (x >> c);
  const lengthBytes = block / 8;
  const padding = mod(-(message.length + 1 + lengthBytes), block);
  const padded = concat(message, [128], new Uint8Array(padding), toBigEndian(BigInt(message.length) * 8n, lengthBytes));
  let state = [...begin];
  for (let at = 0; at < padded.length; at += block) {
    const words = [];
    for (let t = 0; t < rounds; t++) {
      const from = at + (t * block) / 16;
      words[t] =
        t < 16
          ? fromBigEndian([...padded.slice(from, from + block / 16)])
          : (small(words[t - 2], small1) + words[t - 7] + small(words[t - 15], small0) + words[t - 16]) & mask;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let t = 0; t < rounds; t++) {
      const one = h + big(e, big1) + ((e & f) ^ (~e & mask & g)) + constants[t] + words[t];
      const two = big(a, big0) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & mask, c, b, a, (one + two) & mask];
    }
    state = [a, b, c, d, e, f, g, h].map((word, i) => (word + state[i]) & mask);
  }
  return concat(...state.map((word) => toBigEndian(word, Number(size) / 8)));
};

// --- Ed25519: points as (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z --------------------------------
const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = mod(-121665n * power(121666n, P - 2n, P), P);
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n, P);
const NEUTRAL = [0n, 1n, 1n, 0n];

const add = ([x1, y1, z1, t1], [x2, y2, z2, t2]) => {
  const a = mod((y1 - x1) * (y2 - x2), P);
  const b = mod((y1 + x1) * (y2 + x2), P);
  const c = mod(2n * D * t1 * t2, P);
  const d = mod(2n * z1 * z2, P);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f, P), mod(g * h, P), mod(f * g, P), mod(e * h, P)];
};

const times = (scalar, point) => {
  let result = NEUTRAL;
  for (; scalar > 0n; scalar >>= 1n) {
    if (scalar & 1n) result = add(result, point);
    point = add(point, point);
  }
  return result;
};

const equal = ([x1, y1, z1], [x2, y2, z2]) => !mod(x1 * z2 - x2 * z1, P) && !mod(y1 * z2 - y2 * z1, P);

// The point behind 32 bytes, or null where there is none (RFC 8032, 5.1.3).
const point = (bytes) => {
  const encoded = fromLittleEndian(bytes);
  const [sign, y] = [encoded >> 255n, encoded & (2n ** 255n - 1n)];
  if (y >= P) return null;
  const [u, v] = [mod(y * y - 1n, P), mod(D * y * y + 1n, P)];
  let x = mod(u * v ** 3n * power(u * v ** 7n, (P - 5n) / 8n, P), P);
  if (mod(v * x * x + u, P) === 0n) x = mod(x * ROOT_OF_MINUS_ONE, P);
  if (mod(v * x * x - u, P) || (!x && sign)) return null;
  if ((x & 1n) !== sign) x = P - x;
  return [x, y, 1n, mod(x * y, P)];
};

const BASE_POINT = point(concat([0x58], new Uint8Array(31).fill(0x66)));

// Whether a signature of a message was made with the key's other half (RFC 8032, 5.1.7).
const verifyHere = (key, message, signature) => {
  if (key.length !== 32 || signature.length !== 64) return false;
  const [half, scalar] = [signature.slice(0, 32), fromLittleEndian(signature.slice(32))];
  const [own, committed] = [point(key), point(half)];
  if (!own || !committed || scalar >= ORDER) return false;
  const challenge = fromLittleEndian(sha(512, concat(half, key, message))) % ORDER;
  return equal(times(scalar, BASE_POINT), add(committed, times(challenge, own)));
};

// The browser's own where it has it.
const verify = async (key, message, signature) => {
  try {
    const own = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, own, signature, message);
  } catch {
    return verifyHere(key, message, signature);
  }
};
