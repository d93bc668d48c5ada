/** Runs something as if it were drawn: again whenever what it read has changed, until it is ended. */
export function drawn(draw: () => unknown): () => void {
  return $effect.root(() => {
    $effect.pre(() => {
      draw();
    });
  });
}
