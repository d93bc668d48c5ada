import * as v from 'valibot';

const Launch = v.object({ given: v.array(v.string()) });

/** The arguments of another launch in the order in which they were given. */
export function givenOf(data: unknown): readonly string[] | undefined {
  const launch = v.safeParse(Launch, data);
  return launch.success ? launch.output.given : undefined;
}

/** The value of `--name value` or `--name=value`, the last one given. */
export function optionValue(args: readonly string[], name: string): string | undefined {
  const option = `--${name}`;
  return args.reduce<string | undefined>((found, argument, index) => {
    if (argument.startsWith(`${option}=`)) return argument.slice(option.length + 1);
    const next = args[index + 1];
    return argument === option && next?.startsWith('-') === false ? next : found;
  }, undefined);
}
