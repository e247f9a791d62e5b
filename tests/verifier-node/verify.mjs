// A second implementation of eventschema/ledger.md, by nobody's library and in another language than the first:
//   node verify.mjs <bundle folder> [--checkpoint kept.json]... [--consistency proof.json]... [--published checkpoints.jsonl]... [--keys keys.json]... [--key public.pem]
//   node verify.mjs --vectors <eventschema/ledger>
// Exit code 0 proven, 1 altered, 2 cannot be judged; the last line is PROVEN or ALTERED with the first bad position.
import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonical, parse } from './canonical.mjs';
import { ExportType, isSigned, KeyChain, keyId, readAccountCheckpoint, readCheckpoint, readKeys, readSigned } from './checkpoints.mjs';
import { Attempts, Lists, ListsCheck } from './lists.mjs';
import { earlierRoot, isConsistent, leafHash, rangeRoot, sha256 } from './merkle.mjs';
import { Redactions } from './redactions.mjs';
import { SealedLines } from './sealed.mjs';
import { Skips } from './skips.mjs';
import { base64, decode, hashOf, hex, json, jsonOf, linesOf } from './texts.mjs';
import { checkVectors } from './vectors.mjs';
import { factsOf } from './words.mjs';

const problems = [];
const open = [];
const bad = (what, position) => { problems.push({ what, position }); console.log(`  ALTERED ${position ? `position ${position}: ` : ''}${what}`); };
const note = what => console.log(`  note    ${what}`);
const unjudged = what => { open.push(what); console.log(`  OPEN    ${what}`); };
const unknownKey = (what, id) => unjudged(`${what} is signed with key ${id}, which neither the bundle nor --keys nor --published leads to`);
const split = (bytes, size = 32) => {
    if (bytes.length % size !== 0) throw new SyntaxError('not whole hashes');
    return Array.from({ length: bytes.length / size }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
};

const Members = new Set(['position', 'stream', 'number', 'eventId', 'type', 'time', 'actor', 'correlationId', 'causationId', 'headers', 'data']);

/** The leaf of a line of events.jsonl. What is not written canonically was not written by the ledger's database. */
export function leafOf(line, accountId) {
    const event = parse(line);
    if (!(event instanceof Map)) throw new SyntaxError('not an object');
    for (const name of event.keys()) if (!Members.has(name)) throw new SyntaxError(`unknown member ${name}`);
    for (const [name, form] of [['position', /^[1-9][0-9]*$/], ['number', /^-?[0-9]+$/]]) if (!form.test(event.get(name)?.text ?? '') || !Number.isSafeInteger(Number(event.get(name).text))) throw new SyntaxError(`no ${name}`);
    for (const name of ['stream', 'eventId', 'type', 'time', 'actor', 'headers', 'data']) if (!event.has(name)) throw new SyntaxError(`no ${name}`);
    for (const name of ['stream', 'eventId', 'type', 'time', 'actor', 'correlationId', 'causationId']) if (typeof (event.get(name) ?? '') !== 'string') throw new SyntaxError(`${name} is not a string`);
    const hash = name => canonical(event.get(name)) === event.raw.get(name) ? sha256(canonical(event.get(name))).toString('hex') : 'not canonical';
    const text = canonical([
        'processdeployment-leaf/1', accountId, event.get('position'), event.get('stream'), event.get('number'), event.get('eventId'), event.get('type'), event.get('time'),
        event.get('actor'), event.get('correlationId') ?? null, event.get('causationId') ?? null, hash('headers'), hash('data'),
    ]);
    return { event, position: Number(event.get('position').text), text, hash: leafHash(Buffer.from(text)) };
}

function checkEvents(bundle, manifest, elsewhere, lists) {
    const leaves = split(readFileSync(join(bundle, 'leaves.bin')));
    const [wrong, altered, redactions] = [new Map(), [], new Redactions()];
    const blame = (position, what) => { if (!wrong.has(position)) wrong.set(position, what); };
    const { firstPosition: first, lastPosition: last } = manifest;
    let [count, expected] = [0, first];
    for (const line of linesOf(join(bundle, 'events.jsonl'))) {
        let leaf;
        count++;
        try { leaf = leafOf(decode(line), manifest.accountId); } catch (e) { blame(expected++, `no event: ${e.message}`); continue; }
        if (leaf.position > last) blame(Math.max(expected, last + 1), `position ${leaf.position} is behind the last`);
        else if (leaf.position !== expected) blame(Math.min(expected, leaf.position), `position ${leaf.position} comes where ${expected} should`);
        const isSealed = leaf.position >= first && leaves[leaf.position - first]?.equals(leaf.hash);
        if (isSealed) redactions.learn(leaf);
        else if (leaf.position >= first && leaf.position <= last) altered.push(leaf);
        if (leaf.position <= last) expected = Math.max(expected, leaf.position + 1);
        // What follows from events that are not the sealed ones proves nothing.
        if (lists.judges && wrong.size === 0) lists.take(factsOf(leaf.event, leaf.position));
    }
    if (expected <= last) blame(expected, 'missing');
    redactions.learnBehind(elsewhere);
    for (const { leaf, sealed } of [...altered.map(leaf => ({ leaf, sealed: leaves[leaf.position - first] })), ...lists.skips.altered]) {
        const why = redactions.refuse(leaf, sealed);
        if (why) blame(leaf.position, why);
    }
    if (manifest.events !== last - first + 1) bad(`${manifest.events} events, but positions ${first} to ${last}`);
    if (count !== manifest.events) bad(`${count} events instead of ${manifest.events}`);
    for (const [position, what] of [...wrong].sort(([a], [b]) => a - b).slice(0, 1)) bad(what, position);
    if (lists.judges && wrong.size === 0) lists.end();
    else if (lists.judges) note('the period and the lists are not judged, since the events are not what was sealed');
    return leaves;
}

function checkKept(kept, proofs, bundle, chain, rootAt) {
    let same = 0;
    for (const { checkpoint, head, ...rest } of kept.sort((a, b) => a.head.size - b.head.size)) {
        const { checkpoint: ours, head: our } = bundle;
        const why = chain.refuseHead({ checkpoint, head, ...rest }, our.accountId);
        if (head.accountId === our.accountId && chain.isBeyond(checkpoint, ours)) unknownKey(`kept checkpoint ${checkpoint.number}`, checkpoint.key);
        else if (why) bad(`kept checkpoint: ${why}`);
        else if (checkpoint.ledger !== ours.ledger) bad('kept checkpoint of another ledger');
        else if (checkpoint.number < ours.number && head.size > our.size) bad('the end was cut off', our.size + 1);
        else if (checkpoint.number > ours.number && head.size < our.size) bad('the end was cut off', head.size + 1);
        else {
            const [small, large] = head.size <= our.size ? [head, our] : [our, head];
            const shown = rootAt(head.size);
            const proof = proofs.find(p => p.from === small.size && p.to === large.size);
            const agrees = shown ? shown.equals(head.root)
                : small.size === large.size ? small.root.equals(large.root)
                : proof ? isConsistent(small.size, small.root, large.size, large.root, split(base64(proof.path))) : null;
            const twice = checkpoint.number === ours.number && !checkpoint.payload.equals(ours.payload);
            if (twice) bad('two checkpoints of one number', agrees === false ? same + 1 : undefined);
            else if (agrees === null) unjudged(`kept checkpoint ${checkpoint.number} needs --consistency`);
            else if (!agrees) bad(`changed between ${same + 1} and ${head.size}`, same + 1);
            else same = Math.max(same, head.size);
        }
    }
}

const hash = checkpoint => sha256(checkpoint.payload).toString('hex');

/** What was published, and the keys it leads to; null where it does not go on. */
function readPublished(files, chain) {
    const published = new Map();
    let last;
    for (const next of files.flatMap(file => [...linesOf(file)]).map(line => readCheckpoint(jsonOf(line)))) {
        const known = published.get(next.number);
        if (known ? known !== hash(next) : last && (next.number !== last.number + 1 || next.ledger !== last.ledger || next.previous !== hash(last))) { bad(`checkpoint ${next.number} does not follow`); return null; }
        if (known) continue;
        published.set(next.number, hash(next));
        last = next;
        if (next.nextKey && !chain.find(keyId(next.nextKey)) && chain.find(next.key)) {
            const why = chain.follow(next);
            if (why) { bad(`checkpoint ${next.number} names a key that does not count: ${why}`); return null; }
        }
    }
    if (!last) throw new Error('nothing is published there');
    return { published, last };
}

function checkPublished({ published, last }, bundle, given, chain) {
    const why = chain.refuse(last);
    if (chain.isBeyond(last, bundle)) unknownKey(`published checkpoint ${last.number}`, last.key);
    else if (why) bad(`published: ${why}`);
    for (const { checkpoint } of given) {
        const known = published.get(checkpoint.number);
        if (!known) unjudged(`checkpoint ${checkpoint.number} is not among the published: needs more --published`);
        if (known && known !== hash(checkpoint)) bad(`checkpoint ${checkpoint.number} is not the published one`);
    }
}

function checkSignature(bundle, has, chain) {
    if (!has('signature.json')) return note('no signature: what the manifest says is judged by the events and the checkpoint alone');
    const signed = readSigned(json(join(bundle, 'signature.json')), ExportType);
    const key = chain.find(signed.keyId);
    if (!signed.payload.equals(readFileSync(join(bundle, 'manifest.json')))) bad('the signature is over another manifest');
    else if (!key) unknownKey('the manifest', signed.keyId);
    else if (!isSigned(signed, key, ExportType)) bad('the signature of the manifest does not hold');
}

function checkBundle(bundle, options) {
    const read = name => json(join(bundle, name));
    const has = name => existsSync(join(bundle, name));
    const [manifest, proof, checkpoint] = [read('manifest.json'), read('proof.json'), readAccountCheckpoint(read('checkpoint.json'))];
    const kept = options.checkpoint.map(file => readAccountCheckpoint(json(file)));
    const trusted = options.key[0] ? createPublicKey(readFileSync(options.key[0])).export({ format: 'der', type: 'spki' }) : null;
    if (manifest.format !== 'processdeployment-export/1') throw new SyntaxError('unknown format');
    for (const name of ['firstPosition', 'lastPosition', 'size', 'events']) if (typeof manifest[name] !== 'number') throw new SyntaxError(`no ${name}`);
    if (manifest.firstPosition < 1 || manifest.lastPosition < manifest.firstPosition - 1 || manifest.size < manifest.lastPosition || manifest.size > 2 ** 52) throw new SyntaxError('positions that do not fit each other');
    const chain = new KeyChain(readKeys(read('keys.json')), trusted, bad);
    const more = [...(has('signature-keys.json') ? [join(bundle, 'signature-keys.json')] : []), ...options.keys];
    for (const { spki, rotation } of more.flatMap(file => readKeys(json(file)))) if (rotation?.nextKey?.equals(spki)) chain.follow(rotation);
    const published = options.published.length > 0 ? readPublished(options.published, chain) : null;
    for (const [name, hash] of Object.entries(manifest.files)) {
        if (!has(name) || hashOf(join(bundle, name)) !== hash) bad(`${name} is not the one that was exported`);
        if (name === Attempts) note(`not sealed: ${name} is kept beside the ledger`);
        else if (!['events.jsonl', 'leaves.bin', 'proof.json', 'checkpoint.json', 'keys.json', Redactions.file, Skips.file, ...Lists].includes(name)) note(`not judged: ${name} is nothing this program knows`);
    }
    checkSignature(bundle, has, chain);
    const elsewhere = new SealedLines(bundle, manifest, checkpoint.head, leafOf, bad);
    const lists = new ListsCheck(bundle, manifest, checkpoint.checkpoint, new Skips(elsewhere, bad, note), bad, note);
    const leaves = checkEvents(bundle, manifest, elsewhere, lists);
    const { firstPosition: first, lastPosition: last, size } = manifest;
    const nodes = proof.nodes.map(hex);
    const whole = checkpoint.head.size === size && proof.size === size && proof.first === first && proof.last === last ? rangeRoot(first, last, size, leaves, nodes) : null;
    if (!whole?.equals(checkpoint.head.root)) bad('the leaves do not make the root that was sealed');
    const why = chain.refuseHead(checkpoint, manifest.accountId);
    if (checkpoint.head.accountId === manifest.accountId && chain.isBeyond(checkpoint.checkpoint, checkpoint.checkpoint)) unknownKey('the checkpoint', checkpoint.checkpoint.key);
    else if (why) bad(why);
    checkKept(kept, options.consistency.map(json), checkpoint, chain, at => at === size ? whole : earlierRoot(first, last, at, leaves, nodes));
    if (published) checkPublished(published, checkpoint.checkpoint, [checkpoint, ...kept], chain);
}

function conclude() {
    const positions = problems.map(problem => problem.position).filter(position => position);
    console.log(problems.length === 0 ? open.length > 0 ? 'CANNOT BE JUDGED' : 'PROVEN' : positions.length > 0 ? `ALTERED, first at position ${Math.min(...positions)}` : 'ALTERED');
    process.exitCode = problems.length > 0 ? 1 : open.length > 0 ? 2 : 0;
}

const [what, ...rest] = process.argv.slice(2);
const options = { checkpoint: [], consistency: [], published: [], keys: [], key: [] };
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
