// A second implementation of eventschema/ledger.md, by nobody's library and in another language than the first:
//   node verify.mjs <bundle folder> [--checkpoint kept.json]... [--consistency proof.json]... [--published checkpoints.jsonl]... [--key public.pem]
//   node verify.mjs --vectors <eventschema/ledger>
// Exit code 0 proven, 1 altered, 2 cannot be read; the last line is PROVEN or ALTERED with the first bad position.
import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonical, JsonNumber, parse } from './canonical.mjs';
import { KeyChain, readAccountCheckpoint, readCheckpoint } from './checkpoints.mjs';
import { earlierRoot, isConsistent, leafHash, rangeRoot, sha256 } from './merkle.mjs';
import { checkVectors } from './vectors.mjs';

const problems = [];
const bad = (what, position) => { problems.push({ what, position }); console.log(`  ALTERED ${position ? `position ${position}: ` : ''}${what}`); };
const json = file => {
    const text = readFileSync(file, 'utf8');
    // JSON.parse would take the last of two equal names.
    parse(text);
    return JSON.parse(text);
};
const split = (bytes, size = 32) => Array.from({ length: bytes.length / size }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
const linesOf = file => {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
};

const Members = new Set(['position', 'stream', 'number', 'eventId', 'type', 'time', 'actor', 'correlationId', 'causationId', 'headers', 'data']);

/** The leaf of a line of events.jsonl. What is not written canonically was not written by the ledger's database. */
export function leafOf(line, accountId) {
    const event = parse(line);
    if (!(event instanceof Map)) throw new SyntaxError('not an object');
    for (const name of event.keys()) if (!Members.has(name)) throw new SyntaxError(`unknown member ${name}`);
    for (const name of ['position', 'number']) if (!/^-?[0-9]+$/.test(event.get(name)?.text ?? '') || !Number.isSafeInteger(Number(event.get(name).text))) throw new SyntaxError(`no ${name}`);
    for (const name of ['stream', 'eventId', 'type', 'time', 'actor', 'headers', 'data']) if (!event.has(name)) throw new SyntaxError(`no ${name}`);
    for (const name of ['stream', 'eventId', 'type', 'time', 'actor', 'correlationId', 'causationId']) if (typeof (event.get(name) ?? '') !== 'string') throw new SyntaxError(`${name} is not a string`);
    const hash = name => canonical(event.get(name)) === event.raw.get(name) ? sha256(canonical(event.get(name))).toString('hex') : 'not canonical';
    const text = canonical([
        'processdeployment-leaf/1', accountId, event.get('position'), event.get('stream'), event.get('number'), event.get('eventId'), event.get('type'), event.get('time'),
        event.get('actor'), event.get('correlationId') ?? null, event.get('causationId') ?? null, hash('headers'), hash('data'),
    ]);
    return { event, position: Number(event.get('position').text), text, hash: leafHash(Buffer.from(text)) };
}

function checkEvents(bundle, manifest) {
    const leaves = split(readFileSync(join(bundle, 'leaves.bin')));
    const lines = linesOf(join(bundle, 'events.jsonl'));
    const wrong = new Map();
    const blame = (position, what) => { if (!wrong.has(position)) wrong.set(position, what); };
    const { firstPosition: first, lastPosition: last } = manifest;
    let expected = first;
    for (const line of lines) {
        let leaf;
        try { leaf = leafOf(line, manifest.accountId); } catch (e) { blame(expected++, `no event: ${e.message}`); continue; }
        if (leaf.position > last) blame(Math.max(expected, last + 1), `position ${leaf.position} is behind the last`);
        else if (leaf.position !== expected) blame(Math.min(expected, leaf.position), `position ${leaf.position} comes where ${expected} should`);
        const isSealed = leaf.position >= first && leaves[leaf.position - first]?.equals(leaf.hash);
        if (!isSealed && leaf.position >= first && leaf.position <= last) blame(leaf.position, 'not the event that was sealed');
        if (leaf.position <= last) expected = Math.max(expected, leaf.position + 1);
    }
    if (expected <= last) blame(expected, 'missing');
    if (manifest.events !== last - first + 1) bad(`${manifest.events} events, but positions ${first} to ${last}`);
    if (lines.length !== manifest.events) bad(`${lines.length} events instead of ${manifest.events}`);
    for (const [position, what] of [...wrong].sort(([a], [b]) => a - b).slice(0, 1)) bad(what, position);
    return leaves;
}

function checkKept(kept, proofs, bundle, chain, rootAt) {
    let same = 0;
    for (const { checkpoint, head, ...rest } of kept.sort((a, b) => a.head.size - b.head.size)) {
        const { checkpoint: ours, head: our } = bundle;
        const why = chain.refuseHead({ checkpoint, head, ...rest }, our.accountId);
        if (why) bad(`kept checkpoint: ${why}`);
        else if (checkpoint.ledger !== ours.ledger) bad('kept checkpoint of another ledger');
        else if (checkpoint.number < ours.number && head.size > our.size) bad('the end was cut off', our.size + 1);
        else if (checkpoint.number > ours.number && head.size < our.size) bad('the end was cut off', head.size + 1);
        else {
            const [small, large] = head.size <= our.size ? [head, our] : [our, head];
            const shown = rootAt(head.size);
            const proof = proofs.find(p => p.from === small.size && p.to === large.size);
            const agrees = shown ? shown.equals(head.root)
                : small.size === large.size ? small.root.equals(large.root)
                : proof ? isConsistent(small.size, small.root, large.size, large.root, split(Buffer.from(proof.path, 'base64'))) : null;
            const twice = checkpoint.number === ours.number && !checkpoint.payload.equals(ours.payload);
            if (twice) bad('two checkpoints of one number', agrees === false ? same + 1 : undefined);
            else if (agrees === null) throw new Error('needs --consistency');
            else if (!agrees) bad(`changed between ${same + 1} and ${head.size}`, same + 1);
            else same = Math.max(same, head.size);
        }
    }
}

function checkPublished(files, given, chain) {
    const [published, hash] = [new Map(), checkpoint => sha256(checkpoint.payload).toString('hex')];
    let last;
    for (const next of files.flatMap(linesOf).map(line => readCheckpoint(JSON.parse(line)))) {
        const known = published.get(next.number);
        if (known ? known !== hash(next) : last && (next.number !== last.number + 1 || next.ledger !== last.ledger || next.previous !== hash(last))) return bad(`checkpoint ${next.number} does not follow`);
        if (known) continue;
        published.set(next.number, hash(next));
        last = next;
    }
    const why = chain.refuse(last);
    if (why) bad(`published: ${why}`);
    for (const { checkpoint } of given) {
        const known = published.get(checkpoint.number);
        if (!known && problems.length === 0) throw new Error('needs more --published');
        if (known && known !== hash(checkpoint)) bad(`checkpoint ${checkpoint.number} is not the published one`);
    }
}

function checkBundle(bundle, options) {
    const read = name => json(join(bundle, name));
    const [manifest, proof, checkpoint] = [read('manifest.json'), read('proof.json'), readAccountCheckpoint(read('checkpoint.json'))];
    const kept = options.checkpoint.map(file => readAccountCheckpoint(json(file)));
    const trusted = options.key[0] ? createPublicKey(readFileSync(options.key[0])).export({ format: 'der', type: 'spki' }) : null;
    const chain = new KeyChain(read('keys.json').keys, trusted, bad);
    for (const [name, hash] of Object.entries(manifest.files)) {
        if (!existsSync(join(bundle, name)) || sha256(readFileSync(join(bundle, name))).toString('hex') !== hash) bad(`${name} is not the one that was exported`);
    }
    const leaves = checkEvents(bundle, manifest);
    const { firstPosition: first, lastPosition: last, size } = manifest;
    const nodes = proof.nodes.map(hash => Buffer.from(hash, 'hex'));
    const whole = checkpoint.head.size === size && proof.size === size && proof.first === first && proof.last === last ? rangeRoot(first, last, size, leaves, nodes) : null;
    if (!whole?.equals(checkpoint.head.root)) bad('the leaves do not make the root that was sealed');
    const why = chain.refuseHead(checkpoint, manifest.accountId);
    if (why) bad(why);
    checkKept(kept, options.consistency.map(json), checkpoint, chain, at => at === size ? whole : earlierRoot(first, last, at, leaves, nodes));
    if (options.published.length > 0) checkPublished(options.published, [checkpoint, ...kept], chain);
}

function conclude() {
    const positions = problems.map(problem => problem.position).filter(position => position);
    console.log(problems.length === 0 ? 'PROVEN' : positions.length > 0 ? `ALTERED, first at position ${Math.min(...positions)}` : 'ALTERED');
    process.exitCode = problems.length === 0 ? 0 : 1;
}

const [what, ...rest] = process.argv.slice(2);
const options = { checkpoint: [], consistency: [], published: [], key: [] };
try {
    if (what === '--vectors') checkVectors(rest[0], leafOf, bad);
    else {
        for (let i = 0; i < rest.length; i += 2) options[rest[i].slice(2)].push(rest[i + 1]);
        checkBundle(what, options);
    }
    conclude();
} catch (e) {
    console.error(e.message);
    if (problems.length > 0) conclude();
    else process.exitCode = 2;
}
