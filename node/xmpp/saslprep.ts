// RFC 4013: what is mapped to nothing (RFC 3454 table B.1) and to a space (C.1.2).
const TO_NOTHING =
  /\u00ad|\u034f|\u1806|\u180b|\u180c|\u180d|\u200b|\u200c|\u200d|\u2060|[\ufe00-\ufe0f]|\ufeff/gu;
const TO_SPACE = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu;

/** Brings a user name or password into the form that both sides compute with. */
export function saslprep(text: string): string {
  return text.replace(TO_SPACE, ' ').replace(TO_NOTHING, '').normalize('NFKC');
}
