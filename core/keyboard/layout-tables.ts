/* eslint max-lines: off */
// Made by scripts/keyboard-layouts.mjs from xkb-data 2.35.1-1 and the Compose file of libX11
// 2:1.8.4-2+deb12u2; their copyright notices are in THIRD-PARTY-NOTICES. Run: npm run keyboard:layouts

/** One layout: what each of WRITING_KEYS gives, a character each, by the modifiers held. */
export interface LayoutTable {
  /** What xkb calls it. */
  readonly xkb: { readonly layout: string; readonly variant?: string };
  /** The layout whose group holds the Latin letters, where this one has none. */
  readonly latin?: 'us';
  /** For no guest: only the names of keys that a server's keymap may want. */
  readonly keymapOnly?: true;
  /** What must be held for CapsLock to be CapsLock: 1 is Shift. Nothing where it is absent. */
  readonly capsLockModifiers?: number;
  /** A space is nothing; U+E000 to U+E0FF is the dead key whose keysym has that low byte. */
  readonly plain: string;
  readonly shift: string;
  /** Absent where AltGr makes no difference, or where the layout has no such key. */
  readonly altGr?: string;
  readonly shiftAltGr?: string;
}

/** The keys that the tables speak of, as XT scancodes, in rows as on the board. */
export const WRITING_KEYS: readonly number[] = [
  0x29, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x7d, 0x10, 0x11,
  0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23,
  0x24, 0x25, 0x26, 0x27, 0x28, 0x2b, 0x56, 0x2c, 0x2d, 0x2e, 0x2f, 0x30, 0x31, 0x32, 0x33, 0x34,
  0x35, 0x73, 0x39,
];

export const LAYOUT_TABLES = {
  us: {
    xkb: { layout: 'us' },
    plain: "`1234567890-= qwertyuiop[]asdfghjkl;'\\<zxcvbnm,./  ",
    shift: '~!@#$%^&*()_+ QWERTYUIOP{}ASDFGHJKL:"|>ZXCVBNM<>?  ',
  },
  'us-intl': {
    xkb: { layout: 'us', variant: 'intl' },
    plain: '\ue0501234567890-= qwertyuiop[]asdfghjkl;\ue051\\\\zxcvbnm,./  ',
    shift: '\ue053!@#$%\ue052&*()_+ QWERTYUIOP{}ASDFGHJKL:\ue057||ZXCVBNM<>?  ',
    altGr: "`¡²³¤€¼½¾‘’¥× äåé®þüúíóö«»áßðfghjœø¶'¬\\æx©vbñµç\ue056¿  ",
    shiftAltGr:
      '~¹\ue059\ue054£\ue05b^\ue062\ue05c\ue055\ue058\ue060÷ ÄÅÉ®ÞÜÚÍÓÖ“”Á§ÐFGHJŒØ°"¦|ÆX¢VBÑµÇ\ue05a\ue061  ',
  },
  'us-dvorak': {
    xkb: { layout: 'us', variant: 'dvorak' },
    plain: "`1234567890[] ',.pyfgcrl/=aoeuidhtns-\\<;qjkxbmwvz  ",
    shift: '~!@#$%^&*(){} "<>PYFGCRL?+AOEUIDHTNS_|>:QJKXBMWVZ  ',
  },
  gb: {
    xkb: { layout: 'gb' },
    plain: "`1234567890-= qwertyuiop[]asdfghjkl;'#\\zxcvbnm,./  ",
    shift: '¬!"£$%^&*()_+ QWERTYUIOP{}ASDFGHJKL:@~|ZXCVBNM<>?  ',
    altGr:
      '|¹²³€½¾{[]}\\\ue05b @ſe¶ŧ←↓→øþ\ue057\ue053æßðđŋħ\ue061ĸł\ue051\ue052\ue050|«»¢„“”µ•·\ue060  ',
    shiftAltGr:
      '|¡⅛£¼⅜⅝⅞™±°¿\ue05c Ω§E®Ŧ¥↑ıØÞ\ue058\ue054ÆẞÐªŊĦ\ue062&Ł\ue059\ue05a\ue055¦<>©‚‘’º×÷\ue056  ',
  },
  fr: {
    xkb: { layout: 'fr' },
    plain: '²&é"\'(-è_çà)= azertyuiop\ue052$qsdfghjklmù*<wxcvbn,;:!  ',
    shift: '~1234567890°+ AZERTYUIOP\ue057£QSDFGHJKLM%µ>WXCVBN?./§  ',
    altGr: '¬¹~#{[|`\\^@]} æ«€¶ŧ←↓→øþ\ue057¤@ßðđŋħ\ue061ĸłµ\ue052\ue050|ł»¢„“”\ue051•·\ue060  ',
    shiftAltGr:
      '¬¡⅛£$⅜⅝⅞™±°¿\ue05c Æ<¢®Ŧ¥↑ıØÞ\ue058\ue054ΩẞÐªŊĦ\ue062&Łº\ue05a\ue055¦Ł>©‚‘’\ue059×÷\ue056  ',
  },
  'fr-nodead': {
    xkb: { layout: 'fr', variant: 'nodeadkeys' },
    plain: '²&é"\'(-è_çà)= azertyuiop^$qsdfghjklmù*<wxcvbn,;:!  ',
    shift: '~1234567890°+ AZERTYUIOP¨£QSDFGHJKLM%µ>WXCVBN?./§  ',
    altGr: '¬¹~#{[|`\\^@]} æ«€¶ŧ←↓→øþ\ue057¤@ßðđŋħ\ue061ĸłµ^`|ł»¢„“”´•·\ue060  ',
    shiftAltGr: '¬¡⅛£$⅜⅝⅞™±°¿˛ Æ<¢®Ŧ¥↑ıØÞ\ue058¯ΩẞÐªŊĦ\ue062&Łºˇ˘¦Ł>©‚‘’˝×÷˙  ',
  },
  'fr-dvorak': {
    xkb: { layout: 'fr', variant: 'dvorak' },
    keymapOnly: true,
    plain: '_=/-è\\\ue052( )"[] :\'ég.hvcmkz\ue057oauebfstndw~à;q,iyxrlpj  ',
    shift: '*1234567890+% ?<>G!HVCMKZ&OAUEBFSTNDW#ç|Q@IYXRLPJ  ',
    altGr: '  ±¼½¾  `     æ$É€°hvçµkz\ue057òàùèbf«t»dw~Àœ{}ì£xºl§j \u00a0',
    shiftAltGr: '              Æ    HVÇ KZ&ÒÀÙÈBF T DW#ÇŒ  Ì X L J \u00a0',
  },
  'fr-bepo': {
    xkb: { layout: 'fr', variant: 'bepo' },
    plain: '$"«»()@+-/*=% bépoè\ue052vdljzwauie,ctsrnmçêàyx.k\'qghf  ',
    shift: '#1234567890°` BÉPOÈ!VDLJZWAUIE;CTSRNMÇÊÀYX:K?QGHF \u00a0',
    altGr:
      '–—<>[]^±−÷×≠‰ |\ue051&œ\ue050¡\ue05að\ue063ĳə\ue055æù\ue057€’©þß®\ue053\ue054\ue05b/\\{}…~¿\ue058\ue08c†\ue05c _',
    shiftAltGr:
      '¶„“”≤≥ ¬¼½¾′″ ¦\ue059§Œ`  Ð ĲƏ ÆÙ\ue056\ue06f\ue062ſÞẞ™ º\ue06e¦ ‘’· \ue061\ue060 ‡ª \u202f',
  },
  be: {
    xkb: { layout: 'be' },
    plain: '²&é"\'(§è!çà)- azertyuiop\ue052$qsdfghjklmùµ<wxcvbn,;:=  ',
    shift: '³1234567890°_ AZERTYUIOP\ue057*QSDFGHJKLM%£>WXCVBN?./+  ',
    altGr:
      '¬|@#¼½^{[{}\\\ue05b @ſ€¶ŧ←↓→œþ[]æßðđŋħ\ue061ĸł\ue051\ue051\ue050\\«»¢„“”\ue05b•·\ue053  ',
    shiftAltGr:
      '¬¡⅛£$⅜⅝⅞™±°¿\ue05c Ω§¢®Ŧ¥↑ıŒÞ\ue058\ue054ÆẞÐªŊĦ\ue062&Ł\ue059\ue05a\ue055\\<>©‚‘’º×÷\ue056  ',
  },
  'ch-fr': {
    xkb: { layout: 'ch', variant: 'fr' },
    plain: "§1234567890'\ue052 qwertzuiopè\ue057asdfghjkléà$<yxcvbnm,.-  ",
    shift: '°+"*ç%&/()=?\ue050 QWERTZUIOPü!ASDFGHJKLöä£>YXCVBNM;:_  ',
    altGr: '¬|@#¼½¬|¢]}\ue051\ue053 @ſ€¶ŧ←↓→œþ[]æßðđŋħ\ue061ĸł\ue051{}\\«»¢„“”µ•·\ue060  ',
    shiftAltGr:
      '¬¡⅛£$⅜⅝⅞™±°¿\ue05c Ω§E®Ŧ¥↑ıŒÞ\ue058\ue054ÆẞÐªŊĦ\ue062&Ł\ue059\ue05a\ue055¦<>©‚‘’º×÷\ue056  ',
  },
  'ch-de': {
    xkb: { layout: 'ch' },
    plain: "§1234567890'\ue052 qwertzuiopü\ue057asdfghjklöä$<yxcvbnm,.-  ",
    shift: '°+"*ç%&/()=?\ue050 QWERTZUIOPè!ASDFGHJKLéà£>YXCVBNM;:_  ',
    altGr: '¬|@#¼½¬|¢]}\ue051\ue053 @ſ€¶ŧ←↓→œþ[]æßðđŋħ\ue061ĸł\ue051{}\\«»¢„“”µ•·\ue060  ',
    shiftAltGr:
      '¬¡⅛£$⅜⅝⅞™±°¿\ue05c Ω§E®Ŧ¥↑ıŒÞ\ue058\ue054ÆẞÐªŊĦ\ue062&Ł\ue059\ue05a\ue055¦<>©‚‘’º×÷\ue056  ',
  },
  ca: {
    xkb: { layout: 'ca' },
    plain: '#1234567890-= qwertyuiop\ue052\ue05basdfghjkl;\ue050<«zxcvbnm,.é  ',
    shift: '|!"/$%?&*()_+ QWERTYUIOP\ue052\ue057ASDFGHJKL:\ue050>»ZXCVBNM\'.É  ',
    altGr: '\\±@£¢¤¬¦²³¼½¾ qwertyui§¶[]asdfghjkl~{}°zxcvbnµ¯\u00ad\ue051 \u00a0',
    shiftAltGr: '              QWERTYUI    ASDFGHJKL   ¦ZXCVBN      ',
  },
  de: {
    xkb: { layout: 'de' },
    plain: '\ue0521234567890ß\ue051 qwertzuiopü+asdfghjklöä#<yxcvbnm,.-  ',
    shift: '°!"§$%&/()=?\ue050 QWERTZUIOPÜ*ASDFGHJKLÖÄ\'>YXCVBNM;:_  ',
    altGr: '′¹²³¼½¬{[]}\\\ue05b @ſ€¶ŧ←↓→øþ\ue057~æſðđŋħ\ue060ĸł\ue059\ue052’|»«¢„“”µ·…–  ',
    shiftAltGr:
      '″¡⅛£¤⅜⅝⅞™±°¿\ue05c Ω§€®Ŧ¥↑ıØÞ\ue058¯ÆẞÐªŊĦ\ue056&Ł\ue060\ue05a\ue055\ue068›‹©‚‘’º×÷—  ',
  },
  'de-nodead': {
    xkb: { layout: 'de', variant: 'nodeadkeys' },
    plain: '^1234567890ß´ qwertzuiopü+asdfghjklöä#<yxcvbnm,.-  ',
    shift: '°!"§$%&/()=?` QWERTZUIOPÜ*ASDFGHJKLÖÄ\'>YXCVBNM;:_  ',
    altGr: '¬¹²³¼½¬{[]}\\¸ @ſ€¶ŧ←↓→øþ¨~æſðđŋħ\ue060ĸł˝^’|»«¢„“”µ·…–  ',
    shiftAltGr: '¬¡⅛£¤⅜⅝⅞™±°¿¸ Ω§€®Ŧ¥↑ıØÞ¨¯ÆẞÐªŊĦ\ue056&Ł˝^`\ue068›‹©‚‘’º×÷—  ',
  },
  at: {
    xkb: { layout: 'at' },
    plain: '\ue0521234567890ß\ue051 qwertzuiopü+asdfghjklöä#<yxcvbnm,.-  ',
    shift: '°!"§$%&/()=?\ue050 QWERTZUIOPÜ*ASDFGHJKLÖÄ\'>YXCVBNM;:_  ',
    altGr: '′¹²³¼½¬{[]}\\\ue05b @ſ€¶ŧ←↓→øþ\ue057~æſðđŋħ\ue060ĸł\ue059\ue052’|»«¢„“”µ·…–  ',
    shiftAltGr:
      '″¡⅛£¤⅜⅝⅞™±°¿\ue05c Ω§€®Ŧ¥↑ıØÞ\ue058¯ÆẞÐªŊĦ\ue056&Ł\ue060\ue05a\ue055\ue068›‹©‚‘’º×÷—  ',
  },
  es: {
    xkb: { layout: 'es' },
    plain: "º1234567890'¡ qwertyuiop\ue050+asdfghjklñ\ue051ç<zxcvbnm,.-  ",
    shift: 'ª!"·$%&/()=?¿ QWERTYUIOP\ue052*ASDFGHJKLÑ\ue057Ç>ZXCVBNM;:_  ',
    altGr: '\\|@#~½¬{[]}\\\ue05b @ſ€¶ŧ←↓→øþ[]æßðđŋħ\ue061ĸł\ue053{}|«»¢„“”µ•·\ue060  ',
    shiftAltGr:
      '\\¡⅛£$⅜⅝⅞™±°¿\ue05c Ω§¢®Ŧ¥↑ıØÞ\ue058\ue054ÆẞÐªŊĦ\ue062&Ł\ue059\ue05a\ue055¦<>©‚‘’º×÷\ue056  ',
  },
  latam: {
    xkb: { layout: 'latam' },
    plain: "|1234567890'¿ qwertyuiop\ue051+asdfghjklñ{}<zxcvbnm,.-  ",
    shift: '°!"#$%&/()=?¡ QWERTYUIOP\ue057*ASDFGHJKLÑ[]>ZXCVBNM;:_  ',
    altGr: '¬|@·~½¬{[]}\\\ue05b @ſ€¶ŧ←↓→øþ\ue057~æßðđŋħ\ue061ĸł~\ue052\ue050\\«»¢„“”µ•·\ue060  ',
    shiftAltGr: '¬¡⅛£$⅜⅝⅞™±°¿\ue05c Ω§¢®Ŧ¥↑ıØÞ\ue058\ue054ÆẞÐªŊĦ\ue062&Ł\ue059{}|<>©‚‘’º×÷\ue056  ',
  },
  no: {
    xkb: { layout: 'no' },
    plain: "|1234567890+\\ qwertyuiopå\ue057asdfghjkløæ'<zxcvbnm,.-  ",
    shift: '§!"#¤%&/()=?\ue050 QWERTYUIOPÅ\ue052ASDFGHJKLØÆ*>ZXCVBNM;:_  ',
    altGr:
      '¦¡@£$½¥{[]}±\ue051 @ſ€®þ←↓→œπ\ue057\ue053ªßðđŋħ\ue061ĸł\ue051\ue052\ue059½«»©„“”µ\ue05b…– \u00a0',
    shiftAltGr:
      '¶¹²³¼‰⅝÷«»°¿¬ Ω§¢™Þ¥↑ıŒΠ\ue058\ue05aºẞÐªŊĦ\ue062&Ł\ue059\ue05a×¾<>©‚‘’º\ue05c·— \u202f',
  },
  se: {
    xkb: { layout: 'se' },
    plain: "§1234567890+\ue051 qwertyuiopå\ue057asdfghjklöä'<zxcvbnm,.-  ",
    shift: '½!"#¤%&/()=?\ue050 QWERTYUIOPÅ\ue052ASDFGHJKLÖÄ*>ZXCVBNM;:_  ',
    altGr: '¶¡@£$€¥{[]}\\± @ſ€®þ←↓→œþ\ue057\ue053ªßðđŋħ\ue061ĸłøæ´|«»©„“”µ\ue05b·\ue060  ',
    shiftAltGr:
      '¾¹²³¼¢⅝÷«»°¿¬ Ω§¢®Þ¥↑ıŒÞ\ue058\ue05aºẞÐªŊĦ\ue062&ŁØÆ×¦<>©‚‘’º\ue05c\ue056\ue056 \u00a0',
  },
  dk: {
    xkb: { layout: 'dk' },
    plain: "½1234567890+\ue051 qwertyuiopå\ue057asdfghjklæø'<zxcvbnm,.-  ",
    shift: '§!"#¤%&/()=?\ue050 QWERTYUIOPÅ\ue052ASDFGHJKLÆØ*>ZXCVBNM;:_  ',
    altGr:
      '¾¡@£$½¥{[]}±| @ſ€®þ←↓→œþ\ue057\ue053ªßðđŋħ\ue061ĸł\ue051\ue052\ue059\\«»©„“”µ\ue05b·\ue060  ',
    shiftAltGr:
      '¶¹²³¼¢⅝÷«»°¿¦ Ω§¢®Þ¥↑ıŒÞ\ue058\ue05aºẞÐªŊĦ\ue062&Ł\ue059\ue05a×¬<>©‚‘’º\ue05c\ue056\ue056  ',
  },
  fi: {
    xkb: { layout: 'fi' },
    plain: "§1234567890+\ue051 qwertyuiopå\ue057asdfghjklöä'<zxcvbnm,.-  ",
    shift: '½!"#¤%&/()=?\ue050 QWERTYUIOPÅ\ue052ASDFGHJKLÖÄ*>ZXCVBNM;:_  ',
    altGr:
      '\ue063 @£$‰‚{[]}\\\ue05b qw€rþyuıœ\ue062\ue059\ue053əßðfghjĸ\ue063øæ\ue05a|ʒ×cvbŋµ’\ue060–  ',
    shiftAltGr:
      ' ¡”»«“„ <>°¿\ue05c QW RÞYU|Œ\ue061\ue058\ue054ƏẞÐFGHJ\ue08c\ue06fØÆ\ue055¦Ʒ·CVBŊ—‘\ue056\ue06e \u202f',
  },
  hu: {
    xkb: { layout: 'hu' },
    plain: '0123456789öüó qwertzuiopőúasdfghjkléáűíyxcvbnm,.-  ',
    shift: '§\'"+!%/=()ÖÜÓ QWERTZUIOPŐÚASDFGHJKLÉÁŰÍYXCVBNM?:_  ',
    altGr:
      '¬~\ue05a^\ue055\ue058\ue05c`\ue056\ue051\ue059\ue057\ue05b \\|Ä¶ŧ–€Í„”÷×äđĐ[]ħíłŁ$ß¤<>#&@{}<;>*  ',
    shiftAltGr:
      '¬\ue053ˇ\ue052˘°˛\ue050˙´˝¨¸ Ω§E®Ŧ¥↑íØÞ\ue058\ue054ÄẞÐªŊĦÍ&Ł¢ẞ\ue055><>©‚‘’º×÷\ue056  ',
  },
  it: {
    xkb: { layout: 'it' },
    plain: "\\1234567890'ì qwertyuiopè+asdfghjklòàù<zxcvbnm,.-  ",
    shift: '|!"£$%&/()=?^ QWERTYUIOPé*ASDFGHJKLç°§>ZXCVBNM;:_  ',
    altGr: '¬¹²³¼½¬{[]}`~ @ſ€¶ŧ←↓→øþ[]æßðđŋħ\ue061ĸł@#\ue050««»¢“”ñµ\ue051·\ue054  ',
    shiftAltGr:
      '¦¡\ue059\ue053⅛⅜⅝⅞™±\ue05c¿\ue052 Ω§¢®Ŧ¥↑ıØÞ{}ÆẞÐªŊĦ\ue062&Ł\ue05b\ue058\ue055»<>©‘’Ñº×\ue057÷  ',
  },
  pt: {
    xkb: { layout: 'pt' },
    plain: "\\1234567890'« qwertyuiop+\ue051asdfghjklçº\ue053<zxcvbnm,.-  ",
    shift: '|!"#$%&/()=?» QWERTYUIOP*\ue050ASDFGHJKLÇª\ue052>ZXCVBNM;:_  ',
    altGr:
      '¬¹@£§½¬{[]}\\\ue05b @ſ€¶ŧ←↓→øþ\ue057\ue053æßðđŋħ\ue061ĸł\ue051\ue052\ue050\\«»¢„“”µ•·\ue060  ',
    shiftAltGr:
      '¬¡⅛£$⅜⅝⅞™±°¿\ue05c Ω§¢®Ŧ¥↑ıØÞ\ue058\ue054ÆẞÐªŊĦ\ue062&Ł\ue059\ue05a\ue055\\<>©‚‘’º×÷\ue056  ',
  },
  br: {
    xkb: { layout: 'br' },
    plain: "'1234567890-= qwertyuiop\ue051[asdfghjklç\ue053]\\zxcvbnm,.;/ ",
    shift: '"!@#$%\ue057&*()_+ QWERTYUIOP\ue050{ASDFGHJKLÇ\ue052}|ZXCVBNM<>:? ',
    altGr: '¬¹²³£¢¬{[]}\\§ /?°®ŧ←↓→øþ´ªæßðđŋħ\ue061ĸł\ue051~º\ue05a«»©„“”µ•·\ue060° ',
    shiftAltGr: '¬¡½¾¼⅜¨⅞™±°¿\ue05c /?°®Ŧ¥↑ıØÞ`\ue054ÆẞÐªŊĦ\ue062&Ł\ue059^º\ue055<>©‚‘’µ×÷\ue056¿ ',
  },
  pl: {
    xkb: { layout: 'pl' },
    plain: "`1234567890-= qwertyuiop[]asdfghjkl;'\\<zxcvbnm,./  ",
    shift: '~!@#$%^&*()_+ QWERTYUIOP{}ASDFGHJKL:"|>ZXCVBNM<>?  ',
    altGr:
      '¬≠²³¢€½§·«»–\ue05b πœę©ß←↓→óþ\ue057\ue053ąśðæŋ’ə…ł\ue051\ue052\ue050|żźć„”ńµ≤≥\ue060 \u00a0',
    shiftAltGr:
      '∨¡¿£¼‰∧≈¾±°—\ue05c ΩŒĘ®™¥↑↔ÓÞ\ue058\ue054ĄŚÐÆŊ•Ə\ue063Ł\ue059\ue05a\ue055¦ŻŹĆ‘“Ń∞×÷\ue056 \u00a0',
  },
  cz: {
    xkb: { layout: 'cz' },
    plain: ';+ěščřžýáíé=\ue051 qwertzuiopú)asdfghjklů§\ue057\\yxcvbnm,.-  ',
    shift: '\ue0581234567890%\ue05a QWERTZUIOP/(ASDFGHJKL"!\'|YXCVBNM?:_  ',
    altGr: "`!@#$%^&*{}\\\ue054 \\|€¶ŧ←↓→øþ[]~đĐ[]`'łŁ$'\\/°#&@{}^<>*  ",
    shiftAltGr:
      '~\ue053\ue05a\ue052\ue055\ue058\ue05c\ue050\ue056\ue051\ue059\ue057\ue05b Ω§E®Ŧ¥↑ıØÞ÷×ÆẞÐªŊĦ\ue062&Ł\ue059ß|¦<>©‚‘’º×÷\ue056  ',
  },
  sk: {
    xkb: { layout: 'sk' },
    plain: ';+ľščťžýáíé=\ue051 qwertzuiopúäasdfghjklô§ň\\yxcvbnm,.-  ',
    shift: '\ue0581234567890%\ue05a QWERTZUIOP/(ASDFGHJKL"!)|YXCVBNM?:_  ',
    altGr: "`!@#$%^&*{}\\\ue054 \\|€¶ŧ←↓→øþ[]~đĐ[]`'łŁ$'\\/°#&@{}^<>* \u00a0",
    shiftAltGr:
      '~\ue053\ue05a\ue052\ue055\ue058\ue05c\ue050\ue056\ue051\ue059\ue057\ue05b Ω§E®Ŧ¥↑ıØÞ÷×ÆẞÐªŊĦ\ue062&Ł\ue059ß|¦<>©‚‘’º×÷\ue056 \u00a0',
  },
  ro: {
    xkb: { layout: 'ro' },
    plain: "`1234567890-= qwertyuiop[]asdfghjkl;'\\\\zxcvbnm,./  ",
    shift: '~!@#$%^&*()_+ QWERTYUIOP{}ASDFGHJKL:"||ZXCVBNM<>?  ',
    altGr:
      "`\ue053\ue05a\ue052\ue055\ue058\ue05c\ue050\ue056\ue051\ue059\ue057\ue05b âß€rțyuîo§„”ășđfghjkł;'\\|zx©vbnm«»/  ",
    shiftAltGr: '~          –± Âẞ RȚYUÎO   ĂȘĐFGHJKŁ:"|¦ZX VBNM  ?  ',
  },
  hr: {
    xkb: { layout: 'hr' },
    plain: "`1234567890'+ qwertzuiopšđasdfghjklčćž<yxcvbnm,.-  ",
    shift: '~!"#$%&/()=?* QWERTZUIOPŠĐASDFGHJKLČĆŽ>YXCVBNM;:_  ',
    altGr:
      '¬~\ue05a^\ue055°\ue05c`\ue056\ue051\ue059\ue057\ue05b \\|€¶ŧ←↓→øþ÷×æ„”[]ħ\ue061łł\ue051ß¤|‘’¢@{}§<>\ue060  ',
    shiftAltGr:
      "¬\ue053ˇ\ue052˘\ue058˛\ue050˙'˝¨¸ ΩŁ€®Ŧ¥↑ıØÞ\ue058\ue054Æ»«ªŊĦ\ue062&Ł\ue059\ue05a\ue055¦»«©`'}º×÷\ue056  ",
  },
  si: {
    xkb: { layout: 'si' },
    plain: "¸1234567890'+ qwertzuiopšđasdfghjklčćž<yxcvbnm,.-  ",
    shift: '¨!"#$%&/()=?* QWERTZUIOPŠĐASDFGHJKLČĆŽ>YXCVBNM;:_  ',
    altGr:
      '¸\ue053\ue05a\ue052\ue055\ue058\ue05c\ue050\ue056\ue051\ue059\ue057\ue05b \\|€¶ŧ←↓→øþ÷×æ„“[]ħ\ue061łł\ue051ß¤|‘’¢@{}§<>—  ',
    shiftAltGr: "¨~ˇ^˘°˛`˙'˝¨¸ ΩŁ€®Ŧ¥↑ıØÞ\ue058\ue054Æ»«ªŊĦ\ue062&Ł\ue059\ue05a\ue055¦»«©`'}º×÷–  ",
  },
  tr: {
    xkb: { layout: 'tr' },
    plain: '"1234567890*- qwertyuıopğüasdfghjklşi,<zxcvbnmöç.  ',
    shift: "é!'^+%&/()=?_ QWERTYUIOPĞÜASDFGHJKLŞİ;>ZXCVBNMÖÇ:  ",
    altGr: "<>£#$½¾{[]}\\| @ €¶₺←ûîô \ue057~âß ª  \ue061  ´'`|«»¢„“”µ×·\ue056  ",
    shiftAltGr:
      '°¡²³¼⅜   ±°¿  Ω  ® ¥ÛÎÔ \ue058\ue054Â     \ue062  \ue051\ue05a\ue050¦<>©‚‘’º ÷\ue056  ',
  },
  ru: {
    xkb: { layout: 'ru' },
    latin: 'us',
    plain: 'ё1234567890-= йцукенгшщзхъфывапролджэ\\/ячсмитьбю.  ',
    shift: 'Ё!"№;%:?*()_+ ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭ/|ЯЧСМИТЬБЮ,  ',
  },
  ua: {
    xkb: { layout: 'ua' },
    latin: 'us',
    plain: "'1234567890-= йцукенгшщзхїфівапролджєґ/ячсмитьбю.  ",
    shift: 'ʼ!"№;%:?*()_+ ЙЦУКЕНГШЩЗХЇФІВАПРОЛДЖЄҐ|ЯЧСМИТЬБЮ,  ',
    altGr: '\u0301¹²§$°<>•[]—≠ јџў®ёњгшщзхъфывапрољђжэ\\|яћ©ми™ь«»/  ',
    shiftAltGr: '~ ’₴€    {}–± ЈЏЎ ЁЊГШЩЗХЪФЫВАПРОЉЂЖЭ|¦ЯЋ МИ Ь„“…  ',
  },
  gr: {
    xkb: { layout: 'gr' },
    latin: 'us',
    plain: "`1234567890-= ;ςερτυθιοπ[]ασδφγηξκλ\ue051'\\«ζχψωβνμ,./  ",
    shift: '~!@#$%^&*()_+ :ΣΕΡΤΥΘΙΟΠ{}ΑΣΔΦΓΗΞΚΛ\ue057"|»ΖΧΨΩΒΝΜ<>?  ',
    altGr: '` ½£¼€ϰϗ₯9°±= ·ϛ€®τϒϑͻοϡ\ue053\ue05dασ↓ϕϝηͼϟϲ\ue051\ue050\\|ͽ→©ϖϐʹϻ«»/  ',
    shiftAltGr: '~¹²³¾  Ϗ (  +  Ϛ ϱΤϒϴϽΟϠ\ue054\ue055ΑΣ↑ ϜΗϾϞϹ\ue064\ue065|¦Ͽ←   ͵Ϻ ·?  ',
  },
  il: {
    xkb: { layout: 'il' },
    latin: 'us',
    plain: ";1234567890-= /'קראטוןםפ][שדגכעיחלךף,\\<זסבהנמצתץ.  ",
    shift: '~!@#$%^&*)(_+ QWERTYUIOP}{ASDFGHJKL:"|>ZXCVBNM><?  ',
    altGr:
      '׳  €₪°\u05ab\u05bd×\u200e\u200f־– \u05c2\u05c1\u05b8\u05b3 װ\u05b9  \u05b7\u05b2\u05bf\u05b0\u05bc  ױײ\u05b4 ”„״\u05bb| \u05b6\u05b1   \u05b5’‚÷  ',
    shiftAltGr: '                                      ¦    ׆       ',
  },
  jp: {
    xkb: { layout: 'jp' },
    capsLockModifiers: 1,
    plain: ' 1234567890-^\\qwertyuiop@[asdfghjkl;:]<zxcvbnm,./\\ ',
    shift: ' !"#$%&\'()~=~|QWERTYUIOP`{ASDFGHJKL+*}>ZXCVBNM<>?_ ',
  },
  nl: {
    xkb: { layout: 'nl' },
    plain: '@1234567890/° qwertyuiop\ue057*asdfghjkl+\ue051<]zxcvbnm,.-  ',
    shift: '§!"#$%&_()\'?\ue053 QWERTYUIOP\ue052|ASDFGHJKL±\ue050>[ZXCVBNM;:=  ',
    altGr: "¬¹²³¼½¾£{}°\\\ue05b @ſ€¶þÿüïò¶~\ue053áßðªŋħ\ue061ĸł\ue051'\ue050|«»¢“”ñμ¸·\u00ad  ",
    shiftAltGr: '¬¡⅛£$⅜⅝⅞[]™¿\ue05c Ω§¢®Þ¥ÜÏÒÞ^\ue054ÁẞÐªŊĦ\ue062&Ł\ue059`\ue055¦<>©‘’Ñº«»\ue056  ',
  },
  ee: {
    xkb: { layout: 'ee' },
    plain: "\ue05a1234567890+\ue051 qwertyuiopüõasdfghjklöä'<zxcvbnm,.-  ",
    shift: '\ue053!"#¤%&/()=?\ue050 QWERTYUIOPÜÕASDFGHJKLÖÄ*>ZXCVBNM;:_  ',
    altGr: '¬¹@£$½¬{[]}\\` @ſ€¶ŧ←↓→øþ\ue057§æšðđŋħ\ue061ĸł\ue051^½|ž»¢„“”µ<>|  ',
    shiftAltGr: "¬¡⅛£$⅜⅝⅞™±°¿' Ω§¢®Ŧ¥↑ıØÞ\ue058\ue054ÆŠÐªŊĦ\ue062&Ł\ue059\ue05a\ue055¦Ž>©‚‘’º×÷˙  ",
  },
  lt: {
    xkb: { layout: 'lt' },
    plain: "`ąčęėįšųū„“-ž qwertyuiop[]asdfghjkl;'\\–zxcvbnm,./  ",
    shift: '~ĄČĘĖĮŠŲŪ()_Ž QWERTYUIOP{}ASDFGHJKL:"|€ZXCVBNM<>?  ',
    altGr: '´1234567890–= @ſ€¶ŧ←↓→øþ\ue057\ue053æßðđŋħ\ue061ĸł\ue051\ue052\ue050|«»¢„“”µ•·\ue060  ',
    shiftAltGr:
      '¬!@#$%^&*()¿+ Ω§£®Ŧ¥↑ıØÞ\ue058\ue054ÆẞÐªŊĦ\ue062&Ł\ue059\ue05a\ue055¦<>©‚‘’º×÷\ue056  ',
  },
  lv: {
    xkb: { layout: 'lv' },
    plain: "`1234567890-= qwertyuiop[]asdfghjkl;'\\<zxcvbnm,./  ",
    shift: '~!@#$%^&*()_+ QWERTYUIOP{}ASDFGHJKL:"|>ZXCVBNM<>?  ',
    altGr: '´¹²³€½¾{[]}\\– qwēŗtyūīōp«»āšdfģhjķļ;“`|žxčvbņm•·/  ',
    shiftAltGr: '~¡⅛£¢⅜⅝⅞™±°¿— QWĒŖTYŪĪŌP“”ĀŠDFĢHJĶĻ:„˘¦ŽXČVBŅM×÷˙  ',
  },
  is: {
    xkb: { layout: 'is' },
    plain: "\ue0581234567890ö- qwertyuiopð'asdfghjklæ\ue051+<zxcvbnm,.þ  ",
    shift: '\ue057!"#$%&/()=Ö_ QWERTYUIOPÐ?ASDFGHJKLÆ\ue051*>ZXCVBNM;:Þ  ',
    altGr: '¬¹²³¼½¬{[]}\\\ue05b @ſ€¶ŧ←↓→ø|\ue057~æß„đŋħ\ue061ĸł^\ue052`|«»¢„“”µ•·\ue060  ',
    shiftAltGr:
      '\u00ad¡⅛£¤⅜⅝⅞™±°¿\ue05c Ω§¢®Ŧ¥↑ıØπ\ue058\ue054Æẞ“ªŊĦ\ue062&Ł\ue059\ue05a\ue055¦<>©‚‘’º×÷\ue056  ',
  },
  'us-keymap': {
    xkb: { layout: 'us' },
    keymapOnly: true,
    plain: "`1234567890-= qwertyuiop[]asdfghjkl;'\\<zxcvbnm,./  ",
    shift: '~!@#$%^&*()_+ QWERTYUIOP{}ASDFGHJKL:"|>ZXCVBNM<>?  ',
    altGr: "`1234567890-= qwertyuiop[]asdfghjkl;'\\|zxcvbnm,./  ",
    shiftAltGr: '~!@#$%^&*()_+ QWERTYUIOP{}ASDFGHJKL:"|¦ZXCVBNM<>?  ',
  },
  'jp-keymap': {
    xkb: { layout: 'jp' },
    keymapOnly: true,
    capsLockModifiers: 1,
    plain: ' 1234567890-^\\qwertyuiop@[asdfghjkl;:]<zxcvbnm,./\\ ',
    shift: ' !"#$%&\'()~=~|QWERTYUIOP`{ASDFGHJKL+*}>ZXCVBNM<>?_ ',
    altGr: ' 1234567890-^\\qwertyuiop@[asdfghjkl;:]|zxcvbnm,./\\ ',
    shiftAltGr: ' !"#$%&\'()~=~|QWERTYUIOP`{ASDFGHJKL+*}¦ZXCVBNM<>?_ ',
  },
} as const satisfies Readonly<Record<string, LayoutTable>>;

/** Characters with a keysym from before Unicode, in the order of OLD_KEYSYMS. */
export const OLD_KEYSYM_CHARACTERS =
  'Ą˘ŁŚŠŞŹŽŻą˛łľśˇšşťź˝žżĂĆČĘĐŃŐŰăćčęěđńňőřůű˙ĦİĞħığĸŖĻĒĢŦŗļēģŧŊŋĀĮĖĪŅŌĶŲŪāįėīņōķųūђёєіїјљњћґўџ№ЂЁЄІЇЈЉЊЋҐЎЏюабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψω≤≠≥∞∧∨←↑→↓—–…⅛⅜⅝⅞™‘’“”‰′″•†‡‚„אבגדהוזחטיךכלםמןנסעףפץצקרשתŒœ€';

export const OLD_KEYSYMS: readonly number[] = [
  0x1a1, 0x1a2, 0x1a3, 0x1a6, 0x1a9, 0x1aa, 0x1ac, 0x1ae, 0x1af, 0x1b1, 0x1b2, 0x1b3, 0x1b5, 0x1b6,
  0x1b7, 0x1b9, 0x1ba, 0x1bb, 0x1bc, 0x1bd, 0x1be, 0x1bf, 0x1c3, 0x1c6, 0x1c8, 0x1ca, 0x1d0, 0x1d1,
  0x1d5, 0x1db, 0x1e3, 0x1e6, 0x1e8, 0x1ea, 0x1ec, 0x1f0, 0x1f1, 0x1f2, 0x1f5, 0x1f8, 0x1f9, 0x1fb,
  0x1ff, 0x2a1, 0x2a9, 0x2ab, 0x2b1, 0x2b9, 0x2bb, 0x3a2, 0x3a3, 0x3a6, 0x3aa, 0x3ab, 0x3ac, 0x3b3,
  0x3b6, 0x3ba, 0x3bb, 0x3bc, 0x3bd, 0x3bf, 0x3c0, 0x3c7, 0x3cc, 0x3cf, 0x3d1, 0x3d2, 0x3d3, 0x3d9,
  0x3de, 0x3e0, 0x3e7, 0x3ec, 0x3ef, 0x3f1, 0x3f2, 0x3f3, 0x3f9, 0x3fe, 0x6a1, 0x6a3, 0x6a4, 0x6a6,
  0x6a7, 0x6a8, 0x6a9, 0x6aa, 0x6ab, 0x6ad, 0x6ae, 0x6af, 0x6b0, 0x6b1, 0x6b3, 0x6b4, 0x6b6, 0x6b7,
  0x6b8, 0x6b9, 0x6ba, 0x6bb, 0x6bd, 0x6be, 0x6bf, 0x6c0, 0x6c1, 0x6c2, 0x6c3, 0x6c4, 0x6c5, 0x6c6,
  0x6c7, 0x6c8, 0x6c9, 0x6ca, 0x6cb, 0x6cc, 0x6cd, 0x6ce, 0x6cf, 0x6d0, 0x6d1, 0x6d2, 0x6d3, 0x6d4,
  0x6d5, 0x6d6, 0x6d7, 0x6d8, 0x6d9, 0x6da, 0x6db, 0x6dc, 0x6dd, 0x6de, 0x6df, 0x6e0, 0x6e1, 0x6e2,
  0x6e3, 0x6e4, 0x6e5, 0x6e6, 0x6e7, 0x6e8, 0x6e9, 0x6ea, 0x6eb, 0x6ec, 0x6ed, 0x6ee, 0x6ef, 0x6f0,
  0x6f1, 0x6f2, 0x6f3, 0x6f4, 0x6f5, 0x6f6, 0x6f7, 0x6f8, 0x6f9, 0x6fa, 0x6fb, 0x6fc, 0x6fd, 0x6fe,
  0x6ff, 0x7c1, 0x7c2, 0x7c3, 0x7c4, 0x7c5, 0x7c6, 0x7c7, 0x7c8, 0x7c9, 0x7ca, 0x7cb, 0x7cc, 0x7cd,
  0x7ce, 0x7cf, 0x7d0, 0x7d1, 0x7d2, 0x7d4, 0x7d5, 0x7d6, 0x7d7, 0x7d8, 0x7d9, 0x7e1, 0x7e2, 0x7e3,
  0x7e4, 0x7e5, 0x7e6, 0x7e7, 0x7e8, 0x7e9, 0x7ea, 0x7eb, 0x7ec, 0x7ed, 0x7ee, 0x7ef, 0x7f0, 0x7f1,
  0x7f2, 0x7f3, 0x7f4, 0x7f5, 0x7f6, 0x7f7, 0x7f8, 0x7f9, 0x8bc, 0x8bd, 0x8be, 0x8c2, 0x8de, 0x8df,
  0x8fb, 0x8fc, 0x8fd, 0x8fe, 0xaa9, 0xaaa, 0xaae, 0xac3, 0xac4, 0xac5, 0xac6, 0xac9, 0xad0, 0xad1,
  0xad2, 0xad3, 0xad5, 0xad6, 0xad7, 0xae6, 0xaf1, 0xaf2, 0xafd, 0xafe, 0xce0, 0xce1, 0xce2, 0xce3,
  0xce4, 0xce5, 0xce6, 0xce7, 0xce8, 0xce9, 0xcea, 0xceb, 0xcec, 0xced, 0xcee, 0xcef, 0xcf0, 0xcf1,
  0xcf2, 0xcf3, 0xcf4, 0xcf5, 0xcf6, 0xcf7, 0xcf8, 0xcf9, 0xcfa, 0x13bc, 0x13bd, 0x20ac,
];
