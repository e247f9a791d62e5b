// What events say in lists: the words, the names of the time, the versions and who made which revision.
import { canonical, JsonNumber } from './canonical.mjs';
import { Marker } from './redactions.mjs';
import { markedBy } from './skips.mjs';

const text = (map, name) => {
    const value = map instanceof Map ? map.get(name) ?? null : null;
    return value === null || typeof value === 'string' ? value : value instanceof JsonNumber ? value.text : canonical(value);
};
const need = value => { if (value === undefined || value === null) throw new TypeError('missing'); return value; };
const list = value => { if (!Array.isArray(value)) throw new TypeError('no list'); return value; };
const texts = value => { if (list(value).some(item => typeof item !== 'string')) throw new TypeError('no texts'); return value; };
const whole = value => { if (!(value instanceof JsonNumber) || !/^-?[0-9]+$/.test(value.text)) throw new TypeError('no number'); return Number(value.text); };
const unique = items => [...new Set(items)];
export const byBytes = (left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right));

function deploymentOf(data) {
    return {
        version: whole(data.get('versionNumber')), processId: need(text(data, 'processId')), note: text(data, 'note'), redeployOf: text(data, 'redeployOf'), digest: need(text(data, 'digest')),
        manifest: list(data.get('manifest')).map(entry => ({ id: need(text(entry, 'componentId')), name: need(text(entry, 'name')), revision: whole(entry.get('revision')) })),
        atomIds: unique(list(data.get('targets')).flatMap(target => texts(target.get('atomIds')))), hasNoTarget: list(data.get('targets')).length === 0,
    };
}

const access = said => ({ before: said, name: 'Access' });
const some = (d, member) => (Array.isArray(d.get(member)) ? texts(d.get(member)).join(', ') : null);
const roles = d => list(d.get('roles')).map(grant => `${need(text(grant, 'role'))}${optional(text(grant, 'environmentId'), where => ` in ${where}`)}`).join(', ');
const records = said => ({ before: said, name: 'Records' });
const listing = (before, atomIds, rest) => ({ before, atomIds: unique(texts(atomIds)), lists: true, rest });
const address = url => url.replace(/^([^:]*:[/\\]*[^/\\?#]*)[^]*$/, '$1/…');
const optional = (value, words) => (value === null ? '' : words(value));

const setting = value => need(text(value, 'key')) + (text(value, 'useDefault') === 'true' ? ' to its default' : text(value, 'secret') === 'true' ? ' changed' : ` = ${text(value, 'value') ?? ''}`);

const Words = {
    'revision-made': d => ({ before: text(d, 'revision') === '1' ? 'created as revision 1' : `saved as revision ${text(d, 'revision')}`, name: text(d, 'name') }),
    'component-deleted': d => ({ before: `deleted at revision ${text(d, 'revision')}` }),
    'component-restored': d => ({ before: `restored at revision ${text(d, 'revision')}` }),
    'atom-registered': d => ({ before: 'registered', name: need(text(d, 'name')), atomIds: [need(text(d, 'atomId'))] }),
    'atom-renamed': d => ({ before: `renamed to ${text(d, 'name')}`, name: need(text(d, 'name')), atomIds: [need(text(d, 'atomId'))] }),
    'atom-status-changed': d => ({ before: `reported itself ${need(text(d, 'status'))}, before ${need(text(d, 'formerStatus'))}`, atomIds: [need(text(d, 'atomId'))] }),
    'atom-token-issued': d => ({ before: `token ${need(text(d, 'tokenId'))} issued${optional(text(d, 'expiresAt'), end => `, good until ${end}`)}`, atomIds: [need(text(d, 'atomId'))] }),
    'atom-token-revoked': d => ({ before: `token ${need(text(d, 'tokenId'))} revoked`, atomIds: [need(text(d, 'atomId'))] }),
    'atom-deleted': d => ({ before: 'deleted', atomIds: [need(text(d, 'atomId'))] }),
    'licences-purchased': d => {
        const counts = ['production', 'test'].filter(pool => text(d, pool) !== null).map(pool => `${text(d, pool)} for ${pool}`);
        return { before: `${text(d, 'class')}: ${counts.join(', ')} purchased`, name: 'Licences' };
    },
    'licence-enforcement-changed': d => ({ before: `enforcement set to ${text(d, 'mode')}`, name: 'Licences' }),
    'environments-enabled': () => ({ before: 'environments turned on', name: 'Environments' }),
    'environments-disabled': () => ({ before: 'environments turned off', name: 'Environments' }),
    'atom-attached-to-environment': d => ({
        before: `attached to environment ${need(text(d, 'environmentName'))}${optional(text(d, 'formerEnvironmentName'), former => `, which it left ${former} for`)}`, atomIds: [need(text(d, 'atomId'))],
    }),
    'atom-detached-from-environment': d => ({ before: `detached from environment ${need(text(d, 'environmentName'))}`, atomIds: [need(text(d, 'atomId'))] }),
    'environment-attachment-refused': d => ({ before: `attaching to environment ${need(text(d, 'environmentId'))} refused: ${text(d, 'message')}`, atomIds: [need(text(d, 'atomId'))] }),
    'process-attached-to-environment': d => ({
        before: `attached to environment ${need(text(d, 'environmentName'))}${optional(text(d, 'effectiveVersion'), v => `, where version ${v} is current`)}`,
    }),
    'process-detached-from-environment': d => ({ before: `detached from environment ${need(text(d, 'environmentName'))}` }),
    'version-promoted': d => {
        const atomIds = list(d.get('targets')).flatMap(target => texts(target.get('atomIds')));
        const where = atomIds.length === 0 ? ', nowhere yet' : ', on ';
        return listing(`version ${text(d, 'versionNumber')} promoted to environment ${need(text(d, 'environmentName'))}${where}`, atomIds, optional(text(d, 'note'), note => `: ${note}`));
    },
    'promotion-refused': d => ({ before: `promoting version ${text(d, 'targetVersion')} to environment ${need(text(d, 'environmentId'))} refused: ${text(d, 'message')}` }),
    'environment-created': d => ({ before: `created for ${text(d, 'classification')} at place ${text(d, 'order')}`, name: need(text(d, 'name')) }),
    'environment-updated': d => ({ before: `updated: ${need(text(d, 'name'))} at place ${text(d, 'order')}`, name: need(text(d, 'name')) }),
    'environment-deleted': d => ({ before: 'deleted', name: need(text(d, 'name')) }),
    'atom-attached': d => listing('attached to ', [need(text(d, 'atomId'))], optional(text(d, 'effectiveVersion'), v => `, where version ${v} became effective`)),
    'atom-detached': d => listing('detached from ', [need(text(d, 'atomId'))], optional(text(d, 'formerVersion'), v => `, where version ${v} was effective`)),
    'version-deployed': d => {
        const deployed = deploymentOf(d);
        const again = optional(deployed.redeployOf, v => `, version ${v} again,`);
        const what = deployed.hasNoTarget ? `made version ${deployed.version}, not deployed yet` : `version ${deployed.version} deployed${again} ${deployed.atomIds.length === 0 ? 'nowhere yet' : 'on '}`;
        return {
            ...listing(what, deployed.atomIds, optional(deployed.note, note => `: ${note}`)),
            name: deployed.manifest.find(entry => entry.id === deployed.processId)?.name, deployed,
        };
    },
    'version-labelled': d => ({ before: `version ${text(d, 'versionNumber')} labelled ${need(text(d, 'label'))}` }),
    'version-withdrawn': d => ({ before: `version ${text(d, 'versionNumber')} withdrawn` }),
    'version-downloaded': d => listing(`version ${text(d, 'versionNumber')} downloaded by `, [need(text(d, 'atomId'))], ''),
    'download-failed': d => listing(
        `version ${text(d, 'versionNumber')} not downloaded by `, [need(text(d, 'atomId'))],
        `${optional(text(d, 'acknowledgedVersion'), number => `, which goes on with version ${number}`)}${optional(text(d, 'message'), said => `: ${said}`)}`),
    'extension-values-set': d => listing('extensions set on ', [need(text(d, 'atomId'))], `: ${[...list(d.get('values')).map(setting), ...texts(d.get('cleared')).map(key => `${key} taken away`)].join(', ')}`),
    'schedules-set': d => listing(`${list(d.get('schedules')).length} schedules set on `, [need(text(d, 'atomId'))], need(text(d, 'status')) === 'enabled' ? '' : `, ${text(d, 'status')}`),
    'schedules-stopped': d => listing('schedules stopped on ', [need(text(d, 'atomId'))], ''),
    'schedules-suspended': d => listing(`${text(d, 'count')} schedules suspended on `, [need(text(d, 'atomId'))], `: ${need(text(d, 'suspendedFor'))}`),
    'schedules-resumed': d => listing('schedules resumed on ', [need(text(d, 'atomId'))], ''),
    'listener-paused': d => listing('listener paused on ', [need(text(d, 'atomId'))], ''),
    'listener-resumed': d => listing('listener resumed on ', [need(text(d, 'atomId'))], ''),
    'listener-restarted': d => listing('listener restarted on ', [need(text(d, 'atomId'))], ''),
    'runs-missed': d => listing(`${text(d, 'count')} runs missed on `, [need(text(d, 'atomId'))], `: ${need(text(d, 'missedFor'))}`),
    'execution-requested': d => listing(`execution of version ${text(d, 'versionNumber')} requested on `, [need(text(d, 'atomId'))], need(text(d, 'kind')) === 'manual' ? '' : `, ${text(d, 'kind')}`),
    'execution-started': d => listing(`execution of version ${text(d, 'versionNumber')} started on `, [need(text(d, 'atomId'))], optional(text(d, 'parentExecutionId'), parent => `, called by execution ${parent}`)),
    'execution-cancel-requested': d => listing('cancelling an execution requested on ', [need(text(d, 'atomId'))], ''),
    'retry-awaited': d => listing('execution on ', [need(text(d, 'atomId'))], ` is tried again, retry ${text(d, 'attempt')}`),
    'execution-completed': d => listing('execution on ', [need(text(d, 'atomId'))], ` ended as ${need(text(d, 'status'))}${optional(text(d, 'message'), message => `: ${message}`)}`),
    'webhook-set': d => ({
        before: `webhook set to send ${texts(d.get('eventTypes')).join(', ')} to ${address(need(text(d, 'url')))}${text(d, 'enabled') === 'true' ? '' : ', switched off'}${text(d, 'secretChanged') === 'true' ? ', secret changed' : ''}`, name: 'Webhooks',
    }),
    'webhook-deleted': d => ({ before: `webhook ${need(text(d, 'webhookId'))} deleted`, name: 'Webhooks' }),
    'role-set': d => access(`role ${need(text(d, 'role'))} set to ${texts(d.get('privileges')).join(', ')}`),
    'role-deleted': d => access(`role ${need(text(d, 'role'))} deleted`),
    'member-set': d => access(`${need(text(d, 'member'))} has the roles ${roles(d)}`),
    'member-removed': d => access(`${need(text(d, 'member'))} has no roles any more`),
    'api-key-issued': d => access(`key ${need(text(d, 'keyId'))} issued for ${need(text(d, 'name'))} with the roles ${roles(d)}${optional(text(d, 'expiresAt'), end => `, good until ${end}`)}`),
    'api-key-revoked': d => access(`key ${need(text(d, 'keyId'))} of ${need(text(d, 'name'))} revoked`),
    'producer-registered': d => access(`producer ${need(text(d, 'name'))} registered${optional(text(d, 'login'), login => `, as ${login}`)}${optional(text(d, 'publicKey'), () => ', with a key')}${optional(some(d, 'commandTypes'), types => `, for ${types}`)}`),
    'producer-removed': d => access(`producer ${need(text(d, 'name'))} removed`),
    'change-rules-set': d => access(`rules of changes set: reason ${need(text(d, 'reasonRequired'))}${text(d, 'reviserMayNotDeploy') === 'true' ? ', no deploying by whoever revised' : ''}${text(d, 'productionAfterTest') === 'true' ? ', production only after test' : ''}${text(d, 'signedOnly') === 'true' ? ', signed commands only' : ''}`),
    'freeze-set': d => access(`freeze ${need(text(d, 'name'))} set from ${need(text(d, 'from'))} until ${need(text(d, 'until'))}${optional(some(d, 'environmentIds'), ids => ` in ${ids}`)}`),
    'freeze-lifted': d => access(`freeze ${need(text(d, 'name'))} lifted`),
    'freeze-overridden': d => access(`freeze ${need(text(d, 'name'))} passed by ${texts(d.get('processIds')).join(', ')} until ${need(text(d, 'until'))}`),
    'access-denied': d => access(`${need(text(d, 'act'))} denied: ${need(text(d, 'message'))}${text(d, 'times') !== null && text(d, 'times') !== '1' ? `, ${text(d, 'times')} times` : ''}`),
    'attachment-refused': d => listing('attaching to ', d.get('atomIds'), ` refused: ${text(d, 'message')}`),
    'deployment-refused': d => ({ before: `deploying ${text(d, 'targetVersion') === null ? 'the latest revision' : `version ${text(d, 'targetVersion')} again`} refused: ${text(d, 'message')}` }),
    'move-refused': d => ({ before: `moving refused: ${text(d, 'message')}`, atomIds: unique([...texts(d.get('fromAtomIds')), ...texts(d.get('toAtomIds'))]) }),
    'export-made': d => records(whole(d.get('lastPosition')) < whole(d.get('firstPosition'))
        ? `exported: nothing happened after position ${text(d, 'lastPosition')}` : `exported, positions ${text(d, 'firstPosition')} to ${text(d, 'lastPosition')}`),
    'export-read': d => records(`export ${text(d, 'exportId')} handed out again`),
    'rebuild-started': d => records(`${text(d, 'verifyOnly') === 'true' ? 'comparing' : 'rebuilding'} ${list(d.get('models')).join(', ')}`),
    'rebuild-ended': d => records(`${text(d, 'result')}${[null, '0'].includes(text(d, 'differences')) ? '' : `, ${text(d, 'differences')} rows differed`}${optional(text(d, 'detail'), detail => `: ${detail}`)}`),
    'personal-data-redacted': d => records(`personal data taken out of position ${d.get('eventPosition').text}: ${list(d.get('fields')).join(', ')}`),
    'event-skipped': d => records(`the event at position ${whole(d.get('eventPosition'))}, ${need(text(d, 'eventType'))} in stream ${need(text(d, 'eventStream'))}, marked as skipped: ${need(text(d, 'reason'))}`),
    'account-moved': d => records(`account moved from home ${need(text(d, 'fromHome'))} to ${need(text(d, 'toHome'))} with ${whole(d.get('size'))} events, as checkpoint ${whole(d.get('checkpoint'))} of ledger ${need(text(d, 'fromLedger'))} has them, epoch ${whole(d.get('epoch'))}`),
    'settings-changed': d => records(list(d.get('changes')).map(c => `${text(c, 'name')} changed from ${text(c, 'former') ?? 'nothing'} to ${text(c, 'today') ?? 'nothing'}`).join(', ')),
};

/** The facts of a sealed event; without words where its type is unknown or its data is not of it. */
export function factsOf(event, position) {
    const [type, stream, headers] = [event.get('type') ?? '', event.get('stream') ?? '', event.get('headers')];
    const kind = /^processdeployment\.(.*)\.v1$/.exec(type)?.[1];
    let [words, broken] = [null, false];
    try { if (Object.hasOwn(Words, kind ?? '')) words = Words[kind](event.get('data')); } catch { broken = true; }
    if (words && kind === 'revision-made' && !/^-?[0-9]{1,10}$/.test(text(event.get('data'), 'revision') ?? '')) [words, broken] = [null, true];
    return {
        position, time: event.get('time') ?? '', actor: event.get('actor') ?? '', type, stream, words, broken, kind, marks: markedBy(event), outcome: type.includes('-refused.v') ? 'refused' : 'accepted',
        correlationId: event.get('correlationId') ?? null, causationId: event.get('causationId') ?? null,
        commandId: text(headers, 'commandId'), channel: text(headers, 'channel'), source: text(headers, 'source'), reason: text(headers, 'reason'),
        componentId: /^(?:component|attachment|execution)\/([^/]*)/.exec(stream)?.[1] ?? null,
        revision: words && kind === 'revision-made' ? text(event.get('data'), 'revision') : null, name: null, summary: null,
    };
}

/**
 * Learns from the events in their order. What was before the bundle is not known, unless it begins with the account; nor is, from then
 * on, what an event of an unknown type may have named or revised.
 */
export class History {
    #components = new Map();
    #atoms = new Map();
    #versions = new Map();
    #revisers = new Map();
    #open = new Set();
    #openRevisions = new Set();
    #whole;

    constructor(fromTheBeginning) { this.#whole = fromTheBeginning; }

    /** Says what name and summary must be (null: not known here), and what follows for a deployment. */
    take(facts) {
        const { words, componentId } = facts;
        if (!words) return this.#forget(facts);
        const { atomIds = [], rest = '' } = words;
        if (facts.kind === 'revision-made') this.#learn(this.#components, componentId, words.name);
        if (facts.kind === 'atom-registered' || facts.kind === 'atom-renamed') this.#learn(this.#atoms, atomIds[0], words.name);
        const named = atomIds.filter(id => this.#atoms.has(id)).map(id => this.#atoms.get(id)).sort(byBytes);
        const known = atomIds.every(id => this.#atoms.has(id) || this.#nameless(id));
        facts.name = words.name ?? (componentId !== null ? this.#components.get(componentId) : undefined)
            ?? (known && (componentId === null || this.#nameless(componentId)) ? named.join(', ') : null);
        facts.summary = !words.lists ? words.before + rest : known ? words.before + named.join(', ') + rest : null;
        const reviser = `${componentId}/${facts.revision}`;
        if (facts.revision !== null && !this.#revisers.has(reviser)) this.#revisers.set(reviser, facts.actor);
        return words.deployed ? this.#deployment(facts, words.deployed) : null;
    }

    #learn(names, id, name) { names.set(id, name); this.#open.delete(id); }

    #nameless(id) { return this.#whole && !this.#open.has(id); }

    #forget({ stream, componentId }) {
        const id = stream.slice(stream.indexOf('/') + 1);
        this.#components.delete(id);
        this.#atoms.delete(id);
        this.#open.add(id);
        if (componentId !== null) this.#openRevisions.add(componentId);
        return null;
    }

    #deployment(facts, deployed) {
        let before = this.#versions.get(deployed.processId);
        this.#versions.set(deployed.processId, deployed);
        if (before?.version !== deployed.version - 1) before = undefined;
        const result = { facts, deployed, difference: null, revisers: null, other: null, reasonGiven: !!deployed.note || !!facts.reason };
        const told = id => this.#whole && !this.#openRevisions.has(id);
        if (!before && deployed.version !== 1 && !told(deployed.processId)) return result;
        const [now, then] = [deployed, before ?? { manifest: [] }].map(version => new Map(version.manifest.map(entry => [entry.id, entry])));
        const changes = unique([...now.keys(), ...then.keys()]).map(id => [now.get(id), then.get(id)]).filter(([n, b]) => n?.revision !== b?.revision);
        changes.sort(([n, b], [m, c]) => byBytes((n ?? b).name, (m ?? c).name) || byBytes((n ?? b).id, (m ?? c).id));
        result.difference = changes.map(([n, b]) => (!b ? `+${n.name} ${n.revision}` : !n ? `-${b.name} ${b.revision}` : `${n.name} ${b.revision}>${n.revision}`)).join('; ');
        const cameIn = changes.filter(([n]) => n).map(([n]) => ({ id: n.id, by: this.#revisers.get(`${n.id}/${n.revision}`) }));
        const revisers = unique(cameIn.map(({ by }) => by).filter(by => by !== undefined)).sort(byBytes);
        const all = cameIn.every(({ id, by }) => by !== undefined || told(id));
        result.revisers = all ? revisers : null;
        const judged = facts.actor !== Marker && revisers.includes(facts.actor) ? 'no' : revisers.includes(Marker) || (facts.actor === Marker && revisers.length > 0) ? 'unknown' : 'yes';
        result.other = all || judged === 'no' ? judged : null;
        return result;
    }
}
