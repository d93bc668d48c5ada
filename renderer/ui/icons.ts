import Activity from '@lucide/svelte/icons/activity';
import Anchor from '@lucide/svelte/icons/anchor';
import AppWindow from '@lucide/svelte/icons/app-window';
import ArrowDownLeft from '@lucide/svelte/icons/arrow-down-left';
import ArrowLeft from '@lucide/svelte/icons/arrow-left';
import ArrowLeftToLine from '@lucide/svelte/icons/arrow-left-to-line';
import ArrowRight from '@lucide/svelte/icons/arrow-right';
import ArrowRightToLine from '@lucide/svelte/icons/arrow-right-to-line';
import ArrowDown from '@lucide/svelte/icons/arrow-down';
import ArrowUp from '@lucide/svelte/icons/arrow-up';
import ArrowUpRight from '@lucide/svelte/icons/arrow-up-right';
import Ban from '@lucide/svelte/icons/ban';
import Bell from '@lucide/svelte/icons/bell';
import BellOff from '@lucide/svelte/icons/bell-off';
import BellPlus from '@lucide/svelte/icons/bell-plus';
import Bookmark from '@lucide/svelte/icons/bookmark';
import BookOpen from '@lucide/svelte/icons/book-open';
import Camera from '@lucide/svelte/icons/camera';
import Check from '@lucide/svelte/icons/check';
import ChevronDown from '@lucide/svelte/icons/chevron-down';
import ChevronRight from '@lucide/svelte/icons/chevron-right';
import ChevronUp from '@lucide/svelte/icons/chevron-up';
import CircleAlert from '@lucide/svelte/icons/circle-alert';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleHelp from '@lucide/svelte/icons/circle-question-mark';
import Clipboard from '@lucide/svelte/icons/clipboard';
import ClipboardCopy from '@lucide/svelte/icons/clipboard-copy';
import ClipboardPaste from '@lucide/svelte/icons/clipboard-paste';
import Clock from '@lucide/svelte/icons/clock';
import Code from '@lucide/svelte/icons/code';
import Compass from '@lucide/svelte/icons/compass';
import Copy from '@lucide/svelte/icons/copy';
import CopyPlus from '@lucide/svelte/icons/copy-plus';
import Cpu from '@lucide/svelte/icons/cpu';
import Delete from '@lucide/svelte/icons/delete';
import Ellipsis from '@lucide/svelte/icons/ellipsis';
import Eye from '@lucide/svelte/icons/eye';
import EyeOff from '@lucide/svelte/icons/eye-off';
import FileDown from '@lucide/svelte/icons/file-down';
import FileUp from '@lucide/svelte/icons/file-up';
import FileX from '@lucide/svelte/icons/file-x';
import FoldVertical from '@lucide/svelte/icons/fold-vertical';
import Folder from '@lucide/svelte/icons/folder';
import FolderInput from '@lucide/svelte/icons/folder-input';
import FolderMinus from '@lucide/svelte/icons/folder-minus';
import FolderPen from '@lucide/svelte/icons/folder-pen';
import FolderPlus from '@lucide/svelte/icons/folder-plus';
import Gauge from '@lucide/svelte/icons/gauge';
import HeartHandshake from '@lucide/svelte/icons/heart-handshake';
import History from '@lucide/svelte/icons/history';
import Inbox from '@lucide/svelte/icons/inbox';
import Info from '@lucide/svelte/icons/info';
import KeyRound from '@lucide/svelte/icons/key-round';
import Keyboard from '@lucide/svelte/icons/keyboard';
import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard';
import LayoutGrid from '@lucide/svelte/icons/layout-grid';
import KeyboardOff from '@lucide/svelte/icons/keyboard-off';
import LifeBuoy from '@lucide/svelte/icons/life-buoy';
import Link from '@lucide/svelte/icons/link';
import ListChecks from '@lucide/svelte/icons/list-checks';
import ListTree from '@lucide/svelte/icons/list-tree';
import LoaderCircle from '@lucide/svelte/icons/loader-circle';
import Lock from '@lucide/svelte/icons/lock';
import Maximize from '@lucide/svelte/icons/maximize';
import MemoryStick from '@lucide/svelte/icons/memory-stick';
import Menu from '@lucide/svelte/icons/menu';
import Minus from '@lucide/svelte/icons/minus';
import Monitor from '@lucide/svelte/icons/monitor';
import Moon from '@lucide/svelte/icons/moon';
import PanelBottom from '@lucide/svelte/icons/panel-bottom';
import PanelLeft from '@lucide/svelte/icons/panel-left';
import PanelRight from '@lucide/svelte/icons/panel-right';
import PanelTop from '@lucide/svelte/icons/panel-top';
import Pause from '@lucide/svelte/icons/pause';
import Pencil from '@lucide/svelte/icons/pencil';
import Pin from '@lucide/svelte/icons/pin';
import Play from '@lucide/svelte/icons/play';
import Plug from '@lucide/svelte/icons/plug';
import Plus from '@lucide/svelte/icons/plus';
import Power from '@lucide/svelte/icons/power';
import Proportions from '@lucide/svelte/icons/proportions';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import RotateCw from '@lucide/svelte/icons/rotate-cw';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import Scaling from '@lucide/svelte/icons/scaling';
import Search from '@lucide/svelte/icons/search';
import Send from '@lucide/svelte/icons/send';
import Server from '@lucide/svelte/icons/server';
import Settings from '@lucide/svelte/icons/settings';
import ShieldAlert from '@lucide/svelte/icons/shield-alert';
import Ship from '@lucide/svelte/icons/ship';
import Signal from '@lucide/svelte/icons/signal';
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal';
import Square from '@lucide/svelte/icons/square';
import Sun from '@lucide/svelte/icons/sun';
import SunMoon from '@lucide/svelte/icons/sun-moon';
import Sunrise from '@lucide/svelte/icons/sunrise';
import SquareTerminal from '@lucide/svelte/icons/square-terminal';
import Terminal from '@lucide/svelte/icons/terminal';
import Table from '@lucide/svelte/icons/table';
import Tag from '@lucide/svelte/icons/tag';
import TextCursorInput from '@lucide/svelte/icons/text-cursor-input';
import Trash2 from '@lucide/svelte/icons/trash-2';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import Undo2 from '@lucide/svelte/icons/undo-2';
import UnfoldVertical from '@lucide/svelte/icons/unfold-vertical';
import Unlink from '@lucide/svelte/icons/unlink';
import Unplug from '@lucide/svelte/icons/unplug';
import User from '@lucide/svelte/icons/user';
import Users from '@lucide/svelte/icons/users';
import UserCheck from '@lucide/svelte/icons/user-check';
import UserMinus from '@lucide/svelte/icons/user-minus';
import UserPlus from '@lucide/svelte/icons/user-plus';
import X from '@lucide/svelte/icons/x';
import Zap from '@lucide/svelte/icons/zap';
import ZoomIn from '@lucide/svelte/icons/zoom-in';
import ZoomOut from '@lucide/svelte/icons/zoom-out';

/** Every picture that a control may carry, by its Lucide name. */
export const icons = {
  activity: Activity,
  anchor: Anchor,
  'app-window': AppWindow,
  'arrow-down-left': ArrowDownLeft,
  'arrow-left': ArrowLeft,
  'arrow-left-to-line': ArrowLeftToLine,
  'arrow-right': ArrowRight,
  'arrow-right-to-line': ArrowRightToLine,
  'arrow-down': ArrowDown,
  'arrow-up': ArrowUp,
  'arrow-up-right': ArrowUpRight,
  ban: Ban,
  'bell-off': BellOff,
  'bell-plus': BellPlus,
  bell: Bell,
  bookmark: Bookmark,
  'book-open': BookOpen,
  camera: Camera,
  check: Check,
  'chevron-down': ChevronDown,
  'chevron-up': ChevronUp,
  'chevron-right': ChevronRight,
  'circle-alert': CircleAlert,
  'circle-check': CircleCheck,
  'circle-help': CircleHelp,
  clipboard: Clipboard,
  'clipboard-copy': ClipboardCopy,
  'clipboard-paste': ClipboardPaste,
  clock: Clock,
  code: Code,
  compass: Compass,
  'copy-plus': CopyPlus,
  copy: Copy,
  cpu: Cpu,
  delete: Delete,
  ellipsis: Ellipsis,
  'eye-off': EyeOff,
  'file-down': FileDown,
  'file-up': FileUp,
  eye: Eye,
  'file-x': FileX,
  'fold-vertical': FoldVertical,
  folder: Folder,
  'folder-input': FolderInput,
  'folder-minus': FolderMinus,
  'folder-pen': FolderPen,
  'folder-plus': FolderPlus,
  gauge: Gauge,
  'heart-handshake': HeartHandshake,
  history: History,
  inbox: Inbox,
  info: Info,
  'key-round': KeyRound,
  'square-terminal': SquareTerminal,
  terminal: Terminal,
  'keyboard-off': KeyboardOff,
  keyboard: Keyboard,
  'layout-dashboard': LayoutDashboard,
  'layout-grid': LayoutGrid,
  'life-buoy': LifeBuoy,
  link: Link,
  'list-checks': ListChecks,
  'list-tree': ListTree,
  'loader-circle': LoaderCircle,
  lock: Lock,
  maximize: Maximize,
  'memory-stick': MemoryStick,
  menu: Menu,
  minus: Minus,
  monitor: Monitor,
  moon: Moon,
  'panel-bottom': PanelBottom,
  'panel-left': PanelLeft,
  'panel-right': PanelRight,
  'panel-top': PanelTop,
  pause: Pause,
  pencil: Pencil,
  pin: Pin,
  play: Play,
  plug: Plug,
  plus: Plus,
  power: Power,
  proportions: Proportions,
  'refresh-cw': RefreshCw,
  'rotate-cw': RotateCw,
  'scroll-text': ScrollText,
  scaling: Scaling,
  search: Search,
  send: Send,
  server: Server,
  settings: Settings,
  'shield-alert': ShieldAlert,
  ship: Ship,
  signal: Signal,
  'sliders-horizontal': SlidersHorizontal,
  square: Square,
  sun: Sun,
  'sun-moon': SunMoon,
  sunrise: Sunrise,
  table: Table,
  tag: Tag,
  'text-cursor-input': TextCursorInput,
  'trash-2': Trash2,
  'triangle-alert': TriangleAlert,
  'undo-2': Undo2,
  'unfold-vertical': UnfoldVertical,
  unlink: Unlink,
  unplug: Unplug,
  'user-check': UserCheck,
  'user-minus': UserMinus,
  'user-plus': UserPlus,
  user: User,
  users: Users,
  x: X,
  zap: Zap,
  'zoom-in': ZoomIn,
  'zoom-out': ZoomOut,
} as const;

export type IconName = keyof typeof icons;

/** Tells whether a name, as the command table writes it, has a picture. */
export function isIconName(name: string): name is IconName {
  return Object.hasOwn(icons, name);
}
