/** A few words of LDAP over TLS on the loopback: enough to see what the client sends and how it takes the answers. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type TLSSocket } from 'node:tls';
import { BerReader, BerWriter } from 'ldapts';

const REPLIES: Readonly<Record<number, number>> = { 96: 0x61, 99: 0x65, 102: 0x67, 104: 0x69, 74: 0x6b, 108: 0x6d };
const NAMES: Readonly<Record<number, string>> = {
  96: 'bind',
  99: 'search',
  102: 'modify',
  104: 'add',
  74: 'del',
  108: 'modifyDN',
};
const PAGED = '1.2.840.113556.1.4.319';

export interface Request {
  readonly operation: string;
  /** Name of the object; of a bind, the user. */
  readonly name: string;
  readonly newRdn?: string;
  readonly newSuperior?: string;
  /** The whole message. */
  readonly bytes: Buffer;
}

/** An answer; `silent` none, `drop` a closed connection. */
export type Reply =
  | 'silent'
  | 'drop'
  | {
      readonly code?: number;
      readonly text?: string;
      readonly entries?: readonly WireEntry[];
      readonly cookie?: string;
    };
export interface WireEntry {
  readonly dn: string;
  readonly attributes: Readonly<Record<string, readonly (string | Buffer)[]>>;
}

export function certificates(names: string) {
  const folder = mkdtempSync(join(tmpdir(), 'layanan-ldaps-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const files = ['-keyout', key, '-out', cert, '-subj', '/CN=dc1.contoh.test', '-addext', `subjectAltName=${names}`];
  execFileSync('openssl', ['req', '-x509', ...curve, ...files], { stdio: 'ignore' });
  const read = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  rmSync(folder, { recursive: true });
  return read;
}

function readRequest(bytes: Buffer): { id: number; tag: number; request: Request } {
  const reader = new BerReader(bytes);
  reader.readSequence();
  const id = reader.readInt() ?? 0;
  const tag = reader.peek() ?? 0;
  const operation = NAMES[tag] ?? `0x${tag.toString(16)}`;
  if (tag === 0x4a) return { id, tag, request: { operation, name: reader.readString(tag) ?? '', bytes } };
  if (tag === 0x42) return { id, tag, request: { operation: 'unbind', name: '', bytes } };
  reader.readSequence(tag);
  if (tag === 0x60) reader.readInt();
  const name = reader.readString() ?? '';
  if (tag !== 0x6c) return { id, tag, request: { operation, name, bytes } };
  const newRdn = reader.readString() ?? '';
  reader.readBoolean();
  const newSuperior = reader.peek() === 0x80 ? { newSuperior: reader.readString(0x80) ?? '' } : {};
  return { id, tag, request: { operation, name, newRdn, ...newSuperior, bytes } };
}

function message(id: number, tag: number, body: (writer: BerWriter) => void, cookie?: string): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(tag);
  body(writer);
  writer.endSequence();
  if (cookie !== undefined) {
    const value = new BerWriter();
    value.startSequence();
    value.writeInt(0);
    value.writeString(cookie);
    value.endSequence();
    writer.startSequence(0xa0);
    writer.startSequence();
    writer.writeString(PAGED);
    writer.writeBuffer(value.buffer, 0x04);
    writer.endSequence();
    writer.endSequence();
  }
  writer.endSequence();
  return writer.buffer;
}

const entryBody =
  ({ dn, attributes }: WireEntry) =>
  (writer: BerWriter) => {
    writer.writeString(dn);
    writer.startSequence();
    for (const [name, values] of Object.entries(attributes)) {
      writer.startSequence();
      writer.writeString(name);
      writer.startSequence(0x31);
      for (const value of values) writer.writeBuffer(Buffer.from(value), 0x04);
      writer.endSequence();
      writer.endSequence();
    }
    writer.endSequence();
  };

/** Whole messages at the beginning of what was received; definite lengths only. */
function* messagesIn(received: Buffer): Generator<Buffer> {
  for (let at = 0; at + 2 <= received.length; ) {
    const first = received.readUInt8(at + 1);
    const lengthBytes = first > 0x80 ? first - 0x80 : 0;
    const length = lengthBytes === 0 ? first : received.readUIntBE(at + 2, lengthBytes);
    const end = at + 2 + lengthBytes + length;
    if (end > received.length) return;
    yield received.subarray(at, end);
    at = end;
  }
}

/** @param reply what to answer to each request */
export async function ldapsServer(pair: { key: string; cert: string }, reply: (request: Request) => Reply) {
  const requests: Request[] = [];
  const sockets = new Set<TLSSocket>();
  const serve = (socket: TLSSocket, bytes: Buffer) => {
    const { id, tag, request } = readRequest(bytes);
    requests.push(request);
    const answer = reply(request);
    if (answer === 'drop' || request.operation === 'unbind') return socket.destroy();
    if (answer === 'silent') return undefined;
    for (const entry of answer.entries ?? []) socket.write(message(id, 0x64, entryBody(entry)));
    const done = (writer: BerWriter) => {
      writer.writeEnumeration(answer.code ?? 0);
      writer.writeString('');
      writer.writeString(answer.text ?? '');
    };
    return socket.write(message(id, REPLIES[tag] ?? 0x78, done, answer.cookie));
  };
  const server = createServer({ ...pair, minVersion: 'TLSv1.2' }, (socket) => {
    sockets.add(socket);
    let received = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (data) => {
      received = Buffer.concat([received, data]);
      for (const bytes of messagesIn(received)) {
        serve(socket, bytes);
        received = received.subarray(bytes.length);
      }
    });
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `ldaps://127.0.0.1:${port}`,
    requests,
    closeConnections: () => {
      for (const socket of sockets) socket.destroy();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
