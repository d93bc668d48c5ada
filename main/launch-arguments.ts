/** The value of `--name value` or `--name=value`, the last one given. */
export function optionValue(args: readonly string[], name: string): string | undefined {
  const option = `--${name}`;
  return args.reduce<string | undefined>((found, argument, index) => {
    if (argument.startsWith(`${option}=`)) return argument.slice(option.length + 1);
    const next = args[index + 1];
    return argument === option && next?.startsWith('-') === false ? next : found;
  }, undefined);
}
