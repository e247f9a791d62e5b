// Signed checkpoints: DSSE envelopes with ECDSA P-256, and the keys that follow each other.
import { createPublicKey, verify } from 'node:crypto';
import { canonical } from './canonical.mjs';
import { inclusionRoot, leafHash, sha256 } from './merkle.mjs';
import { base64, hex, jsonOf } from './texts.mjs';

const CheckpointType = 'application/vnd.processdeployment.checkpoint+json';
export const ExportType = 'application/vnd.processdeployment.export+json';
const need = (value, type) => { if (typeof value !== type) throw new SyntaxError(`${type} expected`); return value; };

export function readSigned(envelope, payloadType) {
    if (envelope.payloadType !== payloadType) throw new SyntaxError(`signed as something else than ${payloadType}`);
    return { payload: base64(envelope.payload), keyId: need(envelope.signatures[0].keyid, 'string'), signature: base64(envelope.signatures[0].sig) };
}

export function readCheckpoint(envelope) {
    const signed = readSigned(envelope, CheckpointType);
    const says = jsonOf(signed.payload);
    for (const name of ['number', 'accounts']) need(says[name], 'number');
    for (const name of ['ledger', 'time', 'key']) need(says[name], 'string');
    hex(says.root);
    if (typeof says.previous === 'string') hex(says.previous);
    const nextKey = says.nextKey === undefined ? undefined : base64(says.nextKey.publicKey);
    return { ...says, nextKey, payload: signed.payload, signature: signed.signature };
}

export const readAccountCheckpoint = json => ({
    checkpoint: readCheckpoint(json.checkpoint), head: { accountId: need(json.head.accountId, 'string'), size: need(json.head.size, 'number'), root: hex(json.head.root) },
    index: need(json.index, 'number'), path: json.path.map(hex),
});

export const readKeys = json => json.keys.map(key => ({ spki: base64(key.publicKey), rotation: key.rotation ? readCheckpoint(key.rotation) : null }));

export function isSigned({ payload, signature }, spki, payloadType = CheckpointType) {
    try {
        const signed = Buffer.concat([Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `), payload]);
        const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
        return verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature);
    } catch {
        return false;
    }
}

export const keyId = spki => sha256(spki).subarray(0, 16).toString('hex');

/** The keys that count, beginning with a trusted one: each next one is signed by the one before it. */
export class KeyChain {
    #turns = [];

    constructor(keys, trusted, bad) {
        const first = trusted ? keys.findIndex(key => key.spki.equals(trusted)) : 0;
        if (first < 0) { bad('the trusted key is none of this ledger'); return; }
        for (const { spki, rotation } of keys.slice(first)) {
            if (this.#turns.length === 0) this.#turns.push({ id: keyId(spki), spki, after: rotation?.number ?? 0, upTo: Infinity });
            else {
                const why = rotation?.nextKey?.equals(spki) ? this.follow(rotation) : 'nothing says so';
                if (why) bad(`key ${keyId(spki)} does not follow: ${why}`);
            }
        }
    }

    find(id) { return this.#turns.find(turn => turn.id === id)?.spki; }

    /** Whether nothing that was given tells of its key: it comes after the bundle, or before the trusted key. */
    isBeyond(checkpoint, bundle) {
        return !this.find(checkpoint.key) && (checkpoint.number > bundle.number || (this.#turns.length > 0 && checkpoint.number <= this.#turns[0].after));
    }

    /** Goes on to the key that a checkpoint names the next; says why not. */
    follow(rotation) {
        if (!rotation.nextKey) return 'it names none';
        if (this.#turns.at(-1)?.id !== rotation.key) return 'not signed with the last key before it';
        const why = this.refuse(rotation);
        if (why) return why;
        const id = keyId(rotation.nextKey);
        if (this.find(id)) return `key ${id} had its turn`;
        this.ledger ??= rotation.ledger;
        this.#turns.at(-1).upTo = rotation.number;
        this.#turns.push({ id, spki: rotation.nextKey, after: rotation.number, upTo: Infinity });
        return null;
    }

    refuse(checkpoint) {
        if (this.ledger && this.ledger !== checkpoint.ledger) return 'another ledger';
        const turn = this.#turns.find(key => key.id === checkpoint.key);
        if (!turn) return `key ${checkpoint.key} is none of the ledger`;
        if (checkpoint.number <= turn.after || checkpoint.number > turn.upTo) return `it was not the turn of key ${checkpoint.key}`;
        return isSigned(checkpoint, turn.spki) ? null : `the signature of checkpoint ${checkpoint.number} does not hold`;
    }

    /** What is wrong with a checkpoint and the head it should cover; null when nothing is. */
    refuseHead({ checkpoint, head, index, path }, accountId) {
        if (head.accountId !== accountId) return `its head is of account ${head.accountId}`;
        const leaf = leafHash(Buffer.from(canonical(['processdeployment-head/1', head.accountId, head.size, head.root.toString('hex')])));
        return this.refuse(checkpoint)
            ?? (inclusionRoot(leaf, index, checkpoint.accounts, path)?.equals(hex(checkpoint.root)) ? null : 'the head is not in the checkpoint');
    }
}
