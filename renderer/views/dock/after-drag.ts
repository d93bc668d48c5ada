/** Calls back once a drag has ended where nothing of this page took what was dragged. */
export function afterDrag(began: DragEvent | PointerEvent, ended: () => void): void {
  if (!(began instanceof DragEvent)) return;
  const end = ({ dataTransfer }: DragEvent): void => {
    if (dataTransfer?.dropEffect === 'none') ended();
  };
  began.target?.addEventListener('dragend', end as EventListener, { once: true });
}
