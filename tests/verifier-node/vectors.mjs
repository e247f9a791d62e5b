// The golden vectors of eventschema/ledger.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonical, parse } from './canonical.mjs';
import { KeyChain, readAccountCheckpoint, readKeys } from './checkpoints.mjs';
import { inclusionRoot, isConsistent, leafHash, rangeRoot } from './merkle.mjs';

const hex = text => Buffer.from(text, 'hex');

export function checkVectors(folder, leafOf, bad) {
    const text = name => readFileSync(join(folder, name), 'utf8');
    for (const vector of parse(text('leaves.json'))) {
        const value = name => vector.get(name);
        for (const name of ['headers', 'data']) if (canonical(value(name)) !== value(`${name}Text`)) bad(`${name} of leaf ${value('position').text}: ${canonical(value(name))}`);
        const names = ['position', 'stream', 'number', 'eventId', 'type', 'time', 'actor', 'correlationId', 'causationId'].filter(name => vector.has(name));
        const line = `{${names.map(name => `"${name}": ${canonical(value(name))}`).join(', ')}, "headers": ${value('headersText')}, "data": ${value('dataText')}}`;
        const leaf = leafOf(line, value('accountId'));
        if (leaf.text !== value('leafText') || leaf.hash.toString('hex') !== value('leafHash')) bad(`leaf ${value('position').text}: ${leaf.text}`);
    }

    const trees = JSON.parse(text('trees.json'));
    const [leaves, roots] = [trees.leafHashes.map(hex), trees.roots.map(hex)];
    trees.leafData.forEach((data, i) => { if (!leafHash(hex(data)).equals(leaves[i])) bad(`hash of leaf ${i}`); });
    roots.forEach((root, size) => { if (!rangeRoot(1, size, size, leaves.slice(0, size), [])?.equals(root)) bad(`root of ${size}`); });
    for (const { position, size, path } of trees.inclusion) if (!inclusionRoot(leaves[position - 1], position - 1, size, path.map(hex))?.equals(roots[size])) bad(`inclusion of ${position} in ${size}`);
    for (const { from, to, path } of trees.consistency) if (!isConsistent(from, roots[from], to, roots[to], path.map(hex))) bad(`consistency of ${from} and ${to}`);
    for (const { first, last, size, nodes } of trees.ranges) if (!rangeRoot(first, last, size, leaves.slice(first - 1, last), nodes.map(hex))?.equals(roots[size])) bad(`range ${first} to ${last} of ${size}`);

    const { keys, checkpoint } = JSON.parse(text('checkpoint.json'));
    const given = readAccountCheckpoint(checkpoint);
    const why = new KeyChain(readKeys(keys), null, bad).refuseHead(given, given.head.accountId);
    if (why) bad(`checkpoint: ${why}`);
}
