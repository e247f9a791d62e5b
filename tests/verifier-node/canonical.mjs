// The canonical text of eventschema/ledger.md, made anew from the values: members by length of their name in UTF-8 and then
// by its bytes, `, ` and `: ` between, strings escaped as PostgreSQL does, numbers as they stand.
// JSON.parse would lose how a number is written and which of two equal members came first, so values are read here.

export class JsonNumber {
    constructor(text) { this.text = text; }
}

export function parse(text) {
    let at = 0;
    const fail = what => { throw new SyntaxError(`${what} at ${at}`); };
    const space = () => { while (' \t\r\n'.includes(text[at]) && at < text.length) at++; };
    const expect = c => { if (text[at] !== c) fail(`${c} expected`); at++; };

    function value() {
        space();
        const start = at;
        if (text[at] === '{') return object();
        if (text[at] === '[') return array();
        if (text[at] === '"') return string();
        for (const [word, meaning] of [['null', null], ['true', true], ['false', false]]) {
            if (text.startsWith(word, at)) { at += word.length; return meaning; }
        }
        const number = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/.exec(text.slice(at, at + 400));
        if (!number) fail('value expected');
        at = start + number[0].length;
        return new JsonNumber(number[0]);
    }

    function string() {
        const start = at++;
        while (text[at] !== '"') {
            if (at >= text.length) fail('" expected');
            at += text[at] === '\\' ? 2 : 1;
        }
        at++;
        const read = JSON.parse(text.slice(start, at));
        // Half a character has no UTF-8: written as bytes it would pass for another one.
        if (!read.isWellFormed()) fail('half a character');
        return read;
    }

    function array() {
        const items = [];
        for (expect('['), space(); text[at] !== ']'; space()) {
            if (items.length > 0) expect(',');
            items.push(value());
        }
        at++;
        return items;
    }

    function object() {
        const members = new Map();
        for (expect('{'), space(); text[at] !== '}'; space()) {
            if (members.size > 0) { expect(','); space(); }
            const name = string();
            if (members.has(name)) fail(`${name} twice`);
            space();
            expect(':');
            space();
            const start = at;
            const member = value();
            members.set(name, member);
            (members.raw ??= new Map()).set(name, text.slice(start, at));
        }
        at++;
        return members;
    }

    const found = value();
    space();
    if (at < text.length) fail('the end expected');
    return found;
}

const Short = { '"': '\\"', '\\': '\\\\', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const escaped = text => `"${text.replace(/["\\\u0000-\u001f]/g, c => Short[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;

function byLengthThenBytes(left, right) {
    const [a, b] = [Buffer.from(left), Buffer.from(right)];
    return a.length - b.length || Buffer.compare(a, b);
}

export function canonical(value) {
    if (value === null || typeof value === 'boolean') return String(value);
    if (typeof value === 'number' || typeof value === 'bigint') return String(value);
    if (typeof value === 'string') return escaped(value);
    if (value instanceof JsonNumber) return value.text;
    if (Array.isArray(value)) return `[${value.map(canonical).join(', ')}]`;
    return `{${[...value.keys()].sort(byLengthThenBytes).map(name => `${escaped(name)}: ${canonical(value.get(name))}`).join(', ')}}`;
}
