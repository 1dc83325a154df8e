import { ConfigurationError } from './configuration-error';
import { settingOf, type SettingName, type SettingValue } from './settings';

/** Variables of an environment, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings by name; one that is not set, or set to nothing, is undefined. */
export type Settings<N extends SettingName> = { readonly [K in N]: SettingValue<K> | undefined };

/** At most so much of what was set is said again. */
const shownCharacters = 60;

/**
 * Reads settings from an environment. A variable that holds nothing counts as not set: that is how a compose file
 * passes on what nobody has set.
 * @throws ConfigurationError naming the variable, what is wrong with it and what it takes
 */
export function readSettings<N extends SettingName>(
  environment: Environment,
  names: readonly N[],
): Settings<N> {
  const entries = names.map((name) => [name, valueOf(name, environment[name])] as const);
  // Each name was read by the type that stands under it.
  return Object.fromEntries(entries) as unknown as Settings<N>;
}

function valueOf(name: SettingName, text: string | undefined): unknown {
  if (text === undefined || text.trim() === '') return undefined;
  const { type, takes, secret } = settingOf(name);
  const parsed = type.safeParse(text);
  if (parsed.success) return parsed.data;
  const shown = secret === true ? 'what is set' : `“${text.slice(0, shownCharacters)}”`;
  throw new ConfigurationError(
    `${name}: ${shown} ${parsed.error.issues[0]?.message ?? 'is not taken'}; it takes ${takes}.`,
  );
}

/** @throws ConfigurationError for a setting that is missing */
export function needed<N extends SettingName>(settings: Settings<N>, name: N): SettingValue<N> {
  const value = settings[name];
  if (value !== undefined) return value;
  const { takes, means } = settingOf(name);
  throw new ConfigurationError(`${name}: is not set; it says ${means}, and takes ${takes}.`);
}
