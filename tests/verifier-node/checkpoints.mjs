// Signed checkpoints: DSSE envelopes with ECDSA P-256, and the keys that follow each other.
import { createPublicKey, verify } from 'node:crypto';
import { canonical, parse } from './canonical.mjs';
import { inclusionRoot, leafHash, sha256 } from './merkle.mjs';

const PayloadType = 'application/vnd.processdeployment.checkpoint+json';

export function readCheckpoint(envelope) {
    if (envelope.payloadType !== PayloadType) throw new SyntaxError('signed as something else than a checkpoint');
    const payload = Buffer.from(envelope.payload, 'base64');
    parse(payload.toString());
    return { ...JSON.parse(payload), payload, signature: Buffer.from(envelope.signatures[0].sig, 'base64') };
}

export const readAccountCheckpoint = json => ({
    checkpoint: readCheckpoint(json.checkpoint), head: { ...json.head, root: Buffer.from(json.head.root, 'hex') },
    index: json.index, path: json.path.map(hash => Buffer.from(hash, 'hex')),
});

function isSigned(checkpoint, spki) {
    const signed = Buffer.concat([Buffer.from(`DSSEv1 ${PayloadType.length} ${PayloadType} ${checkpoint.payload.length} `), checkpoint.payload]);
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    return verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, checkpoint.signature);
}

export const keyId = spki => sha256(spki).subarray(0, 16).toString('hex');

/** The keys that count, beginning with a trusted one: each next one is signed by the one before it. */
export class KeyChain {
    #turns = [];

    constructor(documents, trusted, bad) {
        const keys = documents.map(document => ({ spki: Buffer.from(document.publicKey, 'base64'), rotation: document.rotation ? readCheckpoint(document.rotation) : null }));
        const first = trusted ? keys.findIndex(key => key.spki.equals(trusted)) : 0;
        if (first < 0) { bad('the trusted key is none of this ledger'); return; }
        for (const { spki, rotation } of keys.slice(first)) {
            if (this.#turns.length > 0) {
                const why = !rotation?.nextKey || !Buffer.from(rotation.nextKey.publicKey, 'base64').equals(spki) ? 'nothing says so' : this.refuse(rotation);
                if (why) { bad(`key ${keyId(spki)} does not follow: ${why}`); return; }
                this.#turns.at(-1).upTo = rotation.number;
                this.ledger ??= rotation.ledger;
            }
            this.#turns.push({ id: keyId(spki), spki, after: rotation?.number ?? 0, upTo: Infinity });
        }
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
            ?? (inclusionRoot(leaf, index, checkpoint.accounts, path)?.equals(Buffer.from(checkpoint.root, 'hex')) ? null : 'the head is not in the checkpoint');
    }
}
