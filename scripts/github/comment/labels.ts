import { changesOf, requestsOf } from '../../report/parts.ts';
import type { Report } from '../../report/report.ts';
import { type Standing, standingOf } from './status.ts';

/** A label as it is created on first use. */
export interface Label {
  readonly name: string;
  /** Six hexadecimal digits. */
  readonly color: string;
  readonly description: string;
}

const STATUS: Readonly<Record<Standing, readonly [string, string]>> = {
  invalid: ['perlu-perbaikan', 'd73a4a'],
  naming: ['menunggu-persetujuan', 'fbca04'],
  waiting: ['menunggu-persetujuan', 'fbca04'],
  held: ['tertahan', 'e99695'],
  ready: ['siap-digabung', '0e8a16'],
  none: ['tidak-ada-perubahan', 'cfd3d7'],
  failed: ['gagal', 'b60205'],
  'going-on': ['sedang-dikerjakan', 'c5def5'],
  done: ['selesai', '5319e7'],
};
const PREFIXES = ['status:', 'risiko:', 'layanan:'];

/** `tinggi` where something is taken away or a directorate has to decide, `rendah` where all is new. */
function riskOf(report: Report): readonly [string, string] {
  const actions = new Set(changesOf(report).map((change) => change.action));
  const ranks = requestsOf(report).map((request) => request.classification.minEchelon);
  if (actions.has('delete') || ranks.includes('I') || ranks.includes('II')) return ['tinggi', 'b60205'];
  return actions.has('update') || actions.has('adopt') ? ['sedang', 'fbca04'] : ['rendah', 'c2e0c6'];
}

/** The labels that hold now: how it stands, what is at risk, which services it asks for. */
export function labelsOf(report: Report): readonly Label[] {
  const standing = standingOf(report);
  const [status, colour] = STATUS[standing];
  const label = (name: string, color: string, description: string): Label => ({ name, color, description });
  if (standing === 'none') return [label(`status:${status}`, colour, 'Keadaan permintaan')];
  const [risk, riskColour] = riskOf(report);
  const touched = requestsOf(report).filter((request) => request.state !== 'unchanged');
  const services = [...new Set(touched.map((request) => request.service))].sort();
  return [
    label(`status:${status}`, colour, 'Keadaan permintaan'),
    label(`risiko:${risk}`, riskColour, 'Risiko perubahan'),
    ...services.map((service) => label(`layanan:${service}`.slice(0, 50), '1d76db', 'Layanan yang diminta')),
  ];
}

/** What to add and what to take off; labels of people are left alone. */
export function labelChanges(current: readonly string[], wanted: readonly Label[]) {
  const names = new Set(wanted.map(({ name }) => name));
  return {
    add: wanted.filter(({ name }) => !current.includes(name)),
    remove: current.filter((name) => PREFIXES.some((prefix) => name.startsWith(prefix)) && !names.has(name)),
  };
}
