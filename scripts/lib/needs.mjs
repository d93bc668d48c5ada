/**
 * Something of the operating system that we use: how to see that it is there, and the Debian
 * packages that bring it. Of several names the first that the release knows is taken.
 * @typedef {object} Need
 * @property {{ library: string } | { program: string } | { file: string }} sign
 * @property {readonly string[]} packages
 */

const library = (name, ...packages) => ({ sign: { library: name }, packages });
const program = (name, ...packages) => ({ sign: { program: name }, packages });
const file = (name, ...packages) => ({ sign: { file: name }, packages });

/**
 * What each purpose needs on Linux. Names ending in t64 are those of Debian 13 and Ubuntu 24.04.
 * @type {Readonly<Record<string, readonly Need[]>>}
 */
export const needs = {
  window: [
    library('libgtk-3.so.0', 'libgtk-3-0t64', 'libgtk-3-0'),
    library('libnss3.so', 'libnss3'),
    library('libasound.so.2', 'libasound2t64', 'libasound2'),
    library('libgbm.so.1', 'libgbm1'),
    library('libsecret-1.so.0', 'libsecret-1-0'),
  ],
  display: [
    program('Xvfb', 'xvfb'),
    file('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf', 'fonts-dejavu-core'),
  ],
  keychain: [
    program('gnome-keyring-daemon', 'gnome-keyring'),
    program('dbus-daemon', 'dbus-daemon'),
    program('dbus-run-session', 'dbus-daemon', 'dbus'),
    program('dbus-send', 'dbus-bin'),
  ],
  twoDisplays: [
    program('Xvnc', 'tigervnc-standalone-server'),
    program('xrandr', 'x11-xserver-utils'),
  ],
  xmppServers: [
    program('prosodyctl', 'prosody'),
    program('ejabberdctl', 'ejabberd'),
    program('openssl', 'openssl'),
    file('/usr/lib/python3/dist-packages/slixmpp', 'python3-slixmpp'),
  ],
  libvirt: [
    program('libvirtd', 'libvirt-daemon'),
    file(
      '/usr/lib/x86_64-linux-gnu/libvirt/connection-driver/libvirt_driver_qemu.so',
      'libvirt-daemon-driver-qemu',
    ),
    program('virsh', 'libvirt-clients'),
    program('qemu-system-x86_64', 'qemu-system-x86'),
    program('qemu-img', 'qemu-utils'),
    file('/usr/share/seabios/bios-256k.bin', 'seabios'),
    file('/usr/lib/ipxe/qemu/pxe-virtio.rom', 'ipxe-qemu'),
  ],
  consoles: [program('websockify', 'websockify')],
  keyboards: [
    program('xkbcli', 'libxkbcommon-tools'),
    file('/usr/include/xkbcommon/xkbcommon-keysyms.h', 'libxkbcommon-dev'),
    file('/usr/share/X11/xkb/rules/evdev', 'xkb-data'),
    file('/usr/share/X11/locale/en_US.UTF-8/Compose', 'libx11-data'),
    program('python3', 'python3'),
  ],
  ssh: [program('sshd', 'openssh-server'), program('ssh', 'openssh-client')],
  film: [program('ffmpeg', 'ffmpeg')],
  packaging: [program('7za', 'p7zip-full', '7zip'), program('dpkg-deb', 'dpkg')],
};
