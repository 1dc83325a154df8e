export { checkSeals, type SealCheck } from './checking';
export { ClockAfterSeals } from './clock';
export { makeSigner } from './keys/key-files';
export { sealPages } from './pages/seal-pages';
export type { SealParts } from './parts';
export { verifyFile, type FileVerdict } from './bundle/verify-file';
export { bundleRoutes } from './routes/bundle-routes';
export { sealRoutes } from './routes/seal-routes';
export { Notary, originOf, sealsFile, type NotaryParts, type SealSettings } from './notary';
