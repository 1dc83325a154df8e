/** A setting that is not as it should be: the process ends with its message and nothing else. */
export class ConfigurationError extends Error {
  readonly code = 'CONFIGURATION';
}
