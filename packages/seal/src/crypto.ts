/**
 * The two primitives that everything here stands on. They are given from outside, so that the same code proves in Node
 * and in a browser without a server.
 */
export interface SealCrypto {
  /** SHA-256 of all the bytes: 32 new bytes. */
  sha256(data: Uint8Array): Uint8Array;
  /** Whether an Ed25519 signature (RFC 8032, 64 bytes) of a message was made with the key of a 32-byte public key. */
  verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}
