import { existsSync } from 'node:fs';
import type { Text } from '../../core/finding.ts';
import { envelope, type Offered } from '../../core/load/envelope.ts';
import { requestPath, slugged } from '../../core/load/path.ts';
import type { Unit } from '../../core/organisation/organisation.ts';
import type { ServiceRequest } from '../../core/request.ts';
import type { Lang } from '../report/view.ts';
import { requestFile } from '../requests/folder.ts';
import { type RequestFile, requestText } from '../sheet/request-text.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type Answers, type Asking, askFields, keyOf } from './answers.ts';
import { type Asker, Cancelled } from './asker.ts';
import { answerCheck } from './check-answer.ts';
import { type Draft, examineDraft } from './draft.ts';
import { fieldsOf } from './fields.ts';
import { mended } from './mend.ts';
import { faultText, orderText } from './preview.ts';
import type { Question } from './questions.ts';
import { TEXTS } from './texts.ts';

/** What the command line said already; it is not asked again. */
export interface Given {
  readonly offered: Offered;
  readonly unit?: Unit;
  /** Where the file will be; then the unit is known too. */
  readonly path?: string;
  readonly requester?: string;
  /** Values by dotted path: `title`, `spec.login`. */
  readonly values: ReadonlyMap<string, unknown>;
}

export interface Talk {
  readonly asker: Asker;
  readonly lang: Lang;
  readonly workspace: Workspace;
}

/**
 * Asks for a new request until it passes every rule, shows what it orders and the file, and gives it for writing.
 * @throws Cancelled when the person gives up
 */
export async function wizard(given: Given, talk: Talk): Promise<Draft> {
  const { asker, lang, workspace } = talk;
  const { policies } = workspace;
  const { offered } = given;
  const it: Asking = { asker, check: answerCheck(offered, lang, policies.messages), say: (text) => text[lang] };
  const unit = given.unit ?? (await chosenUnit(it, lang, workspace));
  const requester = given.requester ?? (await chosenRequester(unit, it, workspace));
  const fields = fieldsOf(offered, unit);
  const answers = await answered(fields, given.values, it);
  const ask = { offered, unit, requester };
  const path = await chosenPath(requestOf(ask, answers), given, { unit, offered }, talk);
  return await settled(path, answers, { ...ask, fields }, it, talk);
}

interface Ask {
  readonly offered: Offered;
  readonly unit: Unit;
  readonly requester: string;
}

/** Asks what was not given; where some values were, only what is still missing. */
async function answered(fields: readonly Question[], values: Given['values'], it: Asking): Promise<Answers> {
  const open = fields.filter((field) => !values.has(keyOf(field)) && (values.size === 0 || field.required));
  return new Map([...values, ...(await askFields(open, it))]);
}

/** Until it passes and is wanted: shows what is wrong or what it orders, and lets fields be changed. */
async function settled(
  path: string,
  answers: Answers,
  ask: Ask & { readonly fields: readonly Question[] },
  it: Asking,
  { asker, lang, workspace }: Talk,
): Promise<Draft> {
  for (let current = answers; ; ) {
    const draft = { path, text: requestText(requestOf(ask, current)) };
    const { findings, prepared } = examineDraft(draft, workspace);
    if (prepared === undefined) asker.show(it.say(TEXTS.wrong), faultText(findings, lang));
    else {
      asker.show(it.say(TEXTS.order), orderText(prepared, workspace, lang));
      asker.show(path, draft.text.trimEnd());
      if (await asker.confirm({ message: it.say(TEXTS.write) })) return draft;
    }
    current = await mended(ask.fields, current, { findings, text: draft.text }, it);
  }
}

const SPEC = 'spec.';

/** The request as its file says it, in the order in which it is read. */
function requestOf({ offered, requester }: Ask, answers: Answers): RequestFile {
  const { catalogue, service } = offered.offer;
  const said = [...answers].filter(([, value]) => value !== undefined);
  const spec = said.flatMap(([key, value]) => (key.startsWith(SPEC) ? [[key.slice(SPEC.length), value]] : []));
  const { title, ...besides } = Object.fromEntries(said.filter(([key]) => !key.startsWith(SPEC)));
  return { catalogue, service, title, requester, ...besides, spec: Object.fromEntries(spec) };
}

/** The service, where the command line names none. */
export async function chosenService({ asker, lang, workspace }: Talk): Promise<string> {
  const offers = [...workspace.policies.catalogues.values()].flatMap((catalogue) => [...catalogue.offers.values()]);
  const byService = new Map(offers.map((offer) => [offer.service, offer.name[lang]]));
  const choices = [...byService].map(([service, name]) => ({ value: service, label: `${service}: ${name}` }));
  return await asker.choose({ message: TEXTS.service[lang], choices });
}

async function chosenUnit({ asker, say }: Asking, lang: Lang, { policies }: Workspace): Promise<Unit> {
  const { units } = policies.organisation;
  const choices = [...units.values()].map(({ id, name }) => ({ value: id, label: `${id}: ${name[lang]}` }));
  const unit = units.get(await asker.choose({ message: say(TEXTS.unit), choices }));
  if (unit === undefined) throw new Cancelled('No unit was chosen');
  return unit;
}

async function chosenRequester(unit: Unit, { asker, say }: Asking, { policies }: Workspace): Promise<string> {
  const people = [...policies.organisation.people.values()].filter((person) => person.units.includes(unit.id));
  const choices = people.map(({ id, name }) => ({ value: id, label: `${id}: ${name}` }));
  return await asker.choose({ message: say(TEXTS.requester), choices });
}

async function chosenPath(
  request: RequestFile,
  { path }: Given,
  { unit, offered }: { readonly unit: Unit; readonly offered: Offered },
  { asker, lang, workspace }: Talk,
): Promise<string> {
  const pathOf = (stem: string) => requestFile(workspace.options.requests, `${unit.id}/${stem}.yaml`);
  if (path !== undefined) return path;
  const fault = (stem: string): Text | undefined => {
    if (requestPath(pathOf(stem)).fault !== undefined) return TEXTS.name;
    return existsSync(pathOf(stem)) ? TEXTS.taken : undefined;
  };
  const initial = stemOf(request, unit, offered, workspace);
  const check = (stem: string) => fault(stem)?.[lang];
  return pathOf(await asker.text({ message: TEXTS.name[lang], initial, check }));
}

/** A name for the file from the first name that the request claims, `spt-uji` of `spt-uji.djp.contoh.test`; else from its title. */
function stemOf(request: RequestFile, { id, zones }: Unit, offered: Offered, { policies }: Workspace): string {
  const parsed = envelope(offered).safeParse(request);
  if (!parsed.success) return slugged(String(request.title));
  const whole = { ...parsed.data, id: '', unit: id, name: '' } as ServiceRequest;
  const claimed = offered.service.claims(whole, policies.environment)[0]?.name ?? String(request.title);
  const name = claimed.slice(claimed.indexOf(':') + 1).replace(/@.*$/, '');
  const zone = zones.find((one) => name.endsWith(`.${one}`));
  return slugged(zone === undefined ? name : name.slice(0, -zone.length - 1));
}
