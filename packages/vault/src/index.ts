export { MemoryVault } from './memory/memory-vault';
export { demonstrationSecret, NoteAlteredError, type Vault } from './port';
export { SqliteVault } from './sqlite/sqlite-vault';
