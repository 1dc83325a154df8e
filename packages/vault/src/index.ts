export { copyVault, NoVaultError } from './copying/copy-vault';
export type { CopiedVault, VaultCopyStep } from './copying/copy-rows';
export { EvidenceRefusedError, type EvidenceState, type KeptEvidence } from './evidence/evidence';
export { largestEvidence } from './evidence/file-sort';
export { MemoryVault } from './memory/memory-vault';
export {
  EmailTakenError,
  HeldError,
  InvalidPersonError,
  type Person,
  type PersonMatch,
} from './people/person';
export { demonstrationSecret, NoteAlteredError, UnknownPersonError, type People, type Vault } from './port';
export { openVault } from './open-vault';
export { PostgresVault } from './postgres/postgres-vault';
export { SqliteVault } from './sqlite/sqlite-vault';
export { readVaultAddress, type VaultAddress } from './vault-address';
