// SPDX-License-Identifier: Apache-2.0
// Whether a document must stay unseen altogether: a password field or a sign-in page. Looks too often rather than
// too rarely; the price of a mistake is a page that is not recorded.
"use strict";
{
  const handiwork = (globalThis.handiwork ??= {});

  const SIGN_IN_PATH = new RegExp(
    "(^|[/._#!-])(log-?in|log-?on|sign-?in|sign-?on|signup|sign-up|register|auth|authorize|oauth2?|sso|saml|2fa|mfa|otp|" +
      "totp|passwords?|passwd|passwort|credentials?|anmelden|connexion|einloggen)([/._?&=#-]|$)",
    "i",
  );
  const SIGN_IN_WORDS =
    /^\s*(log ?[io]n|sign ?[io]n|log ?into .{0,40}|anmelden|einloggen|se connecter|iniciar sesi[oó]n|accedi|entrar)\s*$/i;
  const SECRET_FIELDS =
    'input[type=password i],[autocomplete*=current-password i],[autocomplete*=new-password i],' +
    "[autocomplete*=one-time-code i],[autocomplete*=cc- i]";

  const canBeSeen = (element) => element.checkVisibility({ visibilityProperty: true });

  const hasSecretField = (root) =>
    [...root.querySelectorAll(SECRET_FIELDS)].some(canBeSeen) ||
    [...root.querySelectorAll("input,textarea")].some((field) => handiwork.isProtected(field) && canBeSeen(field));

  const submitters = (form) => form.querySelectorAll("button,input[type=submit i],input[type=button i]");
  const isSignInForm = (form) =>
    canBeSeen(form) &&
    form.querySelector("input:not([type=hidden i])") !== null &&
    (SIGN_IN_PATH.test(form.getAttribute("action") ?? "") ||
      form.querySelector("[autocomplete~=username i]") !== null ||
      [...submitters(form)].some((button) => SIGN_IN_WORDS.test(button.value || button.textContent)));

  /** Why nothing of these roots (documents and shadow roots of one page) may be kept, or "". */
  handiwork.sensitiveReason = (roots) => {
    if (roots.some(hasSecretField)) return "password field";
    for (const root of roots) {
      const place = root.defaultView?.location;
      if (place && SIGN_IN_PATH.test(place.pathname + place.hash)) return "sign-in";
      if ([...root.querySelectorAll("form")].some(isSignInForm)) return "sign-in";
    }
    return "";
  };
}
