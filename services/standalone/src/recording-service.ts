import { OidcSignIn, type AccountStore } from '@ledger/access';
import { identifyLive, identifyVisitor } from '@ledger/people';
import type { ProviderSettings } from './configuration';
import type { Readiness } from './readiness';
import type { Reached, Served } from './routes';
import type { LedgerService, Opening } from './serve-ledger';
import type { RecordingLedger } from './served-ledger';

/** What a service that records, and so signs people in, is given. */
export interface RecordingServiceParts<L extends RecordingLedger> {
  readonly live: boolean;
  readonly publicUrl: URL | undefined;
  readonly provider: ProviderSettings | undefined;
  /** The token of whoever keeps the files; only commands on this machine have it. */
  readonly operatorToken: string;
  readonly served: (open: () => L, reached: Reached) => Served;
  readonly open: (opening: Opening) => Promise<L>;
  /** How its read models stand, where they are not as they should be. */
  readonly standing: (ledger: L) => Readiness | undefined;
}

/** The service that has the log’s writer, and knows who is signed in. */
export function recordingService<L extends RecordingLedger>(
  parts: RecordingServiceParts<L>,
): LedgerService<L> {
  const { live, publicUrl, provider, operatorToken } = parts;
  const secure = publicUrl?.protocol === 'https:';
  let oidc: OidcSignIn | undefined;
  return {
    served: (open) => parts.served(open, { oidc: () => oidc, secure }),
    identify: (open) => {
      const accounts = (): AccountStore => {
        const { accounts: kept } = open();
        if (kept === undefined) throw new RangeError('A live ledger has accounts');
        return kept;
      };
      return live ? identifyLive({ accounts, oidc: () => oidc, operatorToken, secure }) : identifyVisitor;
    },
    open: async (opening) => {
      if (live && provider !== undefined)
        oidc = await OidcSignIn.discover({
          ...provider,
          redirectUri: new URL('/sign-in/callback', publicUrl ?? opening.url).href,
        });
      return parts.open(opening);
    },
    standing: (ledger) => {
      // A log that takes nothing more serves questions still; only a restart mends it.
      if (ledger.log.failure !== undefined) return { state: 'failed', reason: ledger.log.failure.message };
      return parts.standing(ledger);
    },
  };
}
