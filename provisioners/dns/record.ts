/** Start of authority of a zone. */
export interface Soa {
  readonly mname: string;
  readonly rname: string;
  readonly serial: number;
  readonly refresh: number;
  readonly retry: number;
  readonly expire: number;
  readonly minimum: number;
}

/**
 * Type and data of one resource record. Names are without the final dot, escaped as RFC 1035 section 5.1 says; the root
 * is the empty string. TXT is a list of character-strings, one octet (U+0000 to U+00FF) per character. A type that is
 * not listed is `TYPE<number>` with its RDATA in hexadecimal (RFC 3597).
 */
export type RecordData =
  | { readonly type: 'A' | 'AAAA' | 'CNAME' | 'NS' | 'PTR'; readonly data: string }
  | { readonly type: 'TXT'; readonly data: readonly string[] }
  | { readonly type: 'MX'; readonly data: { readonly preference: number; readonly exchange: string } }
  | {
      readonly type: 'SRV';
      readonly data: {
        readonly priority: number;
        readonly weight: number;
        readonly port: number;
        readonly target: string;
      };
    }
  | { readonly type: 'SOA'; readonly data: Soa }
  | { readonly type: `TYPE${number}`; readonly data: string };

export type RecordType = RecordData['type'];

/** One resource record of class IN; `ttl` in seconds. */
export type DnsRecord = { readonly name: string; readonly ttl: number } & RecordData;
