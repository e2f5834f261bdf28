// Reading what the issuer signed: the statement in a QR code, and the list of withdrawn certificates.
// The same rules as certificates/seal.py and certificates/revocations.py; docs/verification.md has them all.

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*+-/";
const NUMBER_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const TEXT =
  /^(?:(https?:\/\/[^/?#\s]+)(?:\/[a-z]{2,3}(?:-[a-z]+)?)?\/verify\/([0-9A-Z-]+)\/?#)?([0-9A-Z$*+\-/]{120,400})$/;
const KINDS = ["attendance", "completion", "achievement", "tutored", "distinction", "transcript"];
const DAY = 86_400_000;

class NotOurs extends Error {}
class Altered extends Error {}
class UnknownKey extends Error {}

const utf8 = (text) => new TextEncoder().encode(text);
const fromUtf8 = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const fromBase64url = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (character) => character.charCodeAt(0));
const toBase64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

// --- encodings ----------------------------------------------------------------------------------
const base41 = (text) => {
  const out = [];
  for (let at = 0; at < text.length; at += 3) {
    const digits = [...text.slice(at, at + 3)].map((character) => ALPHABET.indexOf(character));
    const value = digits.reduceRight((sum, digit) => sum * 41 + digit, 0);
    const length = digits.length - 1;
    if (!length || digits.includes(-1) || value >= 256 ** length) throw new Altered("base41");
    if (length === 2) out.push(value >> 8);
    out.push(value & 255);
  }
  return Uint8Array.from(out);
};

// The part of CBOR (RFC 8949) that is used, in its shortest form alone: each message has one writing.
const cbor = (bytes) => {
  let at = 0;
  const take = (count) => {
    if (at + count > bytes.length) throw new Altered("CBOR");
    return bytes.slice(at, (at += count));
  };
  const argument = (short) => {
    if (short < 24) return short;
    const width = 2 ** (short - 24);
    const value = Number(fromBigEndian([...take(short > 26 ? Infinity : width)]));
    if (value < (width === 1 ? 24 : 256 ** (width / 2))) throw new Altered("CBOR");
    return value;
  };
  const item = () => {
    const [first] = take(1);
    const value = argument(first & 31);
    const several = (read) => Array.from({ length: value <= bytes.length ? value : take(Infinity) }, read);
    return [
      () => value,
      () => -1 - value,
      () => take(value),
      () => fromUtf8(take(value)),
      () => several(item),
      () => new Map(several(() => [item(), item()])),
      () => ({ tag: value, value: item() }),
      () => take(Infinity),
    ][first >> 5]();
  };
  const read = item();
  if (at !== bytes.length) throw new Altered("CBOR");
  return read;
};

const head = (major, length) =>
  length < 24 ? [(major << 5) | length] : length < 256 ? [(major << 5) | 24, length] : [(major << 5) | 25, length >> 8, length & 255];
const bytesItem = (bytes) => concat(head(2, bytes.length), bytes);
const textItem = (text) => concat(head(3, utf8(text).length), utf8(text));

// Texts are packed by the Standard Compression Scheme for Unicode (UTS #6).
const STATIC = [0x0000, 0x0080, 0x0100, 0x0300, 0x2000, 0x2080, 0x2100, 0x3000];
const unpackText = (bytes) => {
  const windows = [0x0080, 0x00c0, 0x0400, 0x0600, 0x0900, 0x3040, 0x30a0, 0xff00];
  let [active, at, out] = [0, 0, ""];
  while (at < bytes.length) {
    const byte = bytes[at++];
    if (byte >= 0x80) out += String.fromCharCode(windows[active] + byte - 0x80);
    else if (byte >= 0x20 || [0, 9, 10, 13].includes(byte)) out += String.fromCharCode(byte);
    else if (byte >= 0x01 && byte <= 0x08) {
      const shown = bytes[at++];
      out += String.fromCharCode(shown < 0x80 ? STATIC[byte - 1] + shown : windows[byte - 1] + shown - 0x80);
    } else if (byte === 0x0e) out += String.fromCharCode((bytes[at++] << 8) | bytes[at++]);
    else if (byte >= 0x10 && byte <= 0x17) active = byte - 0x10;
    else if (byte >= 0x18 && byte <= 0x1f) {
      active = byte - 0x18;
      const offset = bytes[at++];
      windows[active] = offset * 0x80 + (offset > 0x67 ? 0xac00 : 0);
    } else throw new Altered("SCSU");
  }
  return out;
};

const unpackNumber = (bytes) => {
  let value = fromBigEndian([...bytes.slice(2)]);
  let rest = "";
  for (let place = 0; place < 8; place++) {
    rest = NUMBER_ALPHABET[Number(value % 32n)] + rest;
    value /= 32n;
  }
  return `${(bytes[0] << 8) | bytes[1]}-${rest.slice(0, 4)}-${rest.slice(4)}`;
};

// --- the statement in a QR code -----------------------------------------------------------------
const excerpt = (value) =>
  Array.isArray(value) ? { text: unpackText(value[0]), digest: value[1] } : { text: unpackText(value), digest: null };

const tidy = (text) => text.normalize("NFC").trim().split(/\s+/).join(" ");
const agrees = ({ text, digest }, typed) =>
  digest ? same(sha(256, utf8(tidy(typed))).slice(0, digest.length), digest) : tidy(typed) === text;

const statementOf = (fields) => ({
  number: unpackNumber(fields.get(1)),
  name: excerpt(fields.get(2)),
  course: excerpt(fields.get(3)),
  language: fields.get(4),
  kind: KINDS[fields.get(5)] ?? "",
  hours: fields.get(6) / 100,
  completed: new Date(fields.get(7) * DAY),
  issued: new Date(fields.get(8) * DAY),
  validUntil: fields.has(9) ? new Date(fields.get(9) * DAY) : null,
  handle: toBase64url(fields.get(10)),
});

const partsOf = (sealed) => {
  const message = cbor(base41(sealed));
  const [header, unsigned, payload, signature] = message.tag === 18 ? message.value : [];
  const written = unsigned instanceof Map && !unsigned.size && [header, payload, signature];
  if (!written || message.value.length !== 4 || !written.every((part) => part instanceof Uint8Array)) throw new Altered("COSE");
  return written;
};

// What a text says if one of `keys` signed exactly that; `site` is the address of the issuer.
const openStatement = async (text, keys, site) => {
  const [, address, number, sealed] = TEXT.exec(text.trim()) ?? [];
  if (!sealed) throw new NotOurs();
  const [header, payload, signature] = partsOf(sealed);
  const stated = cbor(header);
  if (!(stated instanceof Map) || !(stated.get(4) instanceof Uint8Array)) throw new Altered("header");
  const key = keys.find(({ kid }) => kid === hex(stated.get(4)));
  if (!key || stated.get(1) !== -8) throw new UnknownKey();
  const signed = concat(head(4, 4), textItem("Signature1"), bytesItem(header), bytesItem(utf8(address ?? site)), bytesItem(payload));
  if (!(await verify(fromBase64url(key.x), signed, signature))) throw new Altered("signature");
  const statement = statementOf(cbor(payload));
  if (number && number !== statement.number) throw new Altered("number");
  return { ...statement, key };
};

// --- the list of withdrawn certificates -----------------------------------------------------------
const openList = async (text, keys) => {
  let parts, header, payload;
  try {
    parts = JSON.parse(text);
    [header, payload] = [parts.protected, parts.payload].map((part) => JSON.parse(fromUtf8(fromBase64url(part))));
  } catch {
    throw new NotOurs();
  }
  if (header.typ !== "certificate-revocations" || header.alg !== "EdDSA") throw new NotOurs();
  const key = keys.find(({ kid }) => kid === header.kid);
  if (!key) throw new UnknownKey();
  const signed = utf8(`${parts.protected}.${parts.payload}`);
  if (!(await verify(fromBase64url(key.x), signed, fromBase64url(parts.signature)))) throw new Altered("list");
  return { issued: new Date(payload.issued), nextUpdate: new Date(payload.next_update), ended: payload.ended };
};

// --- the verdict --------------------------------------------------------------------------------
// The same words as `Verdict` of certificates/checking.py.
const judge = async (text, { keys, site, list, now = new Date() }) => {
  let statement;
  try {
    statement = await openStatement(text, keys, site);
  } catch (fault) {
    if (fault instanceof NotOurs) return { verdict: "foreign" };
    return { verdict: fault instanceof UnknownKey ? "unknown_key" : "altered" };
  }
  if (statement.key.compromised_at) return { verdict: "leaked" };
  const [status, since] = list.ended[statement.handle] ?? [];
  if (status) return { verdict: status, since: new Date(since), statement };
  const expired = statement.validUntil && +statement.validUntil + DAY <= +now;
  return { verdict: expired ? "expired" : "valid", statement };
};
