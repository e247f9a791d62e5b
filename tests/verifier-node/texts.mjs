// Strict readings: what one program passes over another may take for something, so nothing is passed over.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { JsonNumber, parse } from './canonical.mjs';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
export const decode = bytes => utf8.decode(bytes);

/** Values as JavaScript has them; numbers that it cannot hold are not taken. */
function plain(value) {
    if (value instanceof JsonNumber) {
        const number = Number(value.text);
        if (/^-?[0-9]+$/.test(value.text) && Number.isSafeInteger(number)) return number;
        throw new SyntaxError(`${value.text} is not a whole number`);
    }
    if (Array.isArray(value)) return value.map(plain);
    return value instanceof Map ? Object.assign(Object.create(null), Object.fromEntries([...value].map(([name, member]) => [name, plain(member)]))) : value;
}

export const jsonOf = bytes => plain(parse(decode(bytes)));
export const json = file => jsonOf(readFileSync(file));

export function base64(text) {
    const bytes = Buffer.from(text, 'base64');
    if (bytes.toString('base64') !== text) throw new SyntaxError('not the base64 of anything');
    return bytes;
}

export function hex(text) {
    if (typeof text !== 'string' || !/^[0-9a-f]{64}$/.test(text)) throw new SyntaxError('a hash has 64 hexadecimal digits in lower case');
    return Buffer.from(text, 'hex');
}

/** The bytes of a file, piece by piece. */
function* pieces(file) {
    const [handle, piece] = [openSync(file, 'r'), Buffer.alloc(1 << 20)];
    try {
        for (let read; (read = readSync(handle, piece)) > 0;) yield piece.subarray(0, read);
    } finally {
        closeSync(handle);
    }
}

export function hashOf(file) {
    const hash = createHash('sha256');
    for (const piece of pieces(file)) hash.update(piece);
    return hash.digest('hex');
}

/** The lines of a file as bytes, each without its line feed. */
export function* linesOf(file) {
    let rest = [];
    for (const piece of pieces(file)) {
        let begin = 0;
        for (let end; (end = piece.indexOf(10, begin)) >= 0; begin = end + 1) {
            yield Buffer.concat([...rest, piece.subarray(begin, end)]);
            rest = [];
        }
        if (begin < piece.length) rest.push(Buffer.from(piece.subarray(begin)));
    }
    if (rest.length > 0) yield Buffer.concat(rest);
}

/** The records of comma-separated values, each as its cells; null for one that is none. */
export function* recordsOf(file) {
    const quotes = line => { let count = 0; for (const byte of line) if (byte === 34) count++; return count; };
    let open = [];
    for (const line of linesOf(file)) {
        open.push(line);
        if (open.reduce((sum, part) => sum + quotes(part), 0) % 2 === 1) continue;
        yield cellsOf(open);
        open = [];
    }
    if (open.length > 0) yield cellsOf(open);
}

function cellsOf(lines) {
    let text;
    try { text = lines.map(decode).join('\n'); } catch { return null; }
    if (!text.endsWith('\r')) return null;
    text = text.slice(0, -1);
    const cells = [];
    for (let at = 0; ; at++) {
        const cell = text[at] === '"' ? /"((?:[^"]|"")*)"/y : /[^,]*/y;
        cell.lastIndex = at;
        const found = cell.exec(text);
        if (!found) return null;
        if (text[at] !== '"' && /["\r\n]/.test(found[0])) return null;
        cells.push(text[at] === '"' ? found[1].replaceAll('""', '"') : found[0]);
        at += found[0].length;
        if (at === text.length) return cells;
        if (text[at] !== ',') return null;
    }
}
