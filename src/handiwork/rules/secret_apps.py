# SPDX-License-Identifier: Apache-2.0
"""Programs of which nothing may ever be kept, whatever a policy says: they keep secrets, or ask for them.

By the class of their windows (WM_CLASS, lower case), as their own desktop files and packages name it, also where
they come as Flatpak. A list can't be whole; a password field in any program is still told by the accessibility bus.
"""

_KEEPS = "password manager"
_ASKS = "password prompt"

_KEEPERS = (
    "1password", "com.onepassword.onepassword",
    "authenticator", "com.belmoussaoui.authenticator", "yubico authenticator", "yubioath-desktop", "otpclient",
    "bitwarden", "com.bitwarden.desktop", "buttercup", "dashlane", "enpass", "io.enpass.enpass",
    "figaros password manager 2", "fpm2", "gopassui", "keeper password manager", "keeperpasswordmanager", "keeweb",
    "keepass", "keepass2", "keepassx", "keepassx2", "keepassxc", "org.keepassxc.keepassxc",
    "kwalletmanager", "kwalletmanager5", "org.kde.kwalletmanager", "lastpass", "nordpass", "padloc", "passbolt",
    "password safe", "pwsafe", "passwordsafe", "proton pass", "proton-pass", "psono", "qtpass", "org.ijhack.qtpass",
    "revelation", "roboform", "seahorse", "org.gnome.seahorse.application", "secrets", "org.gnome.world.secrets",
)  # fmt: skip
_ASKERS = (
    "gcr-prompter", "gcr-viewer", "gnome-keyring-prompt", "kwalletd", "kwalletd5", "kwalletd6",
    "pinentry", "pinentry-efl", "pinentry-fltk", "pinentry-gnome3", "pinentry-gtk", "pinentry-gtk-2", "pinentry-qt",
    "pinentry-qt4", "pinentry-qt5", "pinentry-x11",
    "gnome-ssh-askpass", "gnome-ssh-askpass2", "gnome-ssh-askpass3", "ksshaskpass", "lxqt-openssh-askpass",
    "ssh-askpass", "ssh-askpass-fullscreen", "x11-ssh-askpass",
    "lxpolkit", "lxqt-policykit-agent", "mate-polkit", "polkit-gnome-authentication-agent-1",
    "polkit-kde-authentication-agent-1", "org.kde.polkit-kde-authentication-agent-1",
    "polkit-mate-authentication-agent-1", "ukui-polkit", "xfce-polkit", "xfce4-polkit",
    "gksu", "gksudo", "kdesu", "kdesu5", "kdesudo", "lxqt-sudo",
)  # fmt: skip
_WHY = dict.fromkeys(_KEEPERS, _KEEPS) | dict.fromkeys(_ASKERS, _ASKS)


def never_app(app: str) -> str:
    """Why nothing of this program may ever be kept (a fixed word), or ""."""
    return _WHY.get(app, "")
