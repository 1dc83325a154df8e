export type { PublicationParts } from './parts';
export { publish } from './application/publish';
export { pagesOfPublications } from './pages/pages';
export { publicationCommands, publicationRoutes } from './routes/publication-routes';
