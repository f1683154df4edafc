// SPDX-License-Identifier: Apache-2.0
// Whether a document must stay unseen altogether: a password field, a sign-in page, a payment. Looks too often rather than
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
    "[autocomplete*=one-time-code i]";
  const CARD_COMPLETION = /(^|\s)cc-/i;
  const CARD_WORDS =
    /(^|[^a-z])((credit|debit|payment|kredit)?[-_ ]?(card|karten?)|cc|pan)[-_ ]?(num(ber|mer)?|nr|no|code|exp[a-z]*)([^a-z]|$)|cardnumber|(^|[^a-z])(cvc|cvv|csc|cvn)2?([^a-z]|$)/i;
  const PAYMENT_FRAMES = new RegExp(
    "(^|\\.)((js|checkout|hooks)\\.stripe\\.com|adyen\\.com|paypal\\.com|braintreegateway\\.com|braintree-api\\.com|" +
      "pay\\.google\\.com|squareup\\.com|squarecdn\\.com|klarna\\.com|mollie\\.com|recurly\\.com|checkout\\.com|" +
      "worldpay\\.com|authorize\\.net|cybersource\\.com|spreedly\\.com|paddle\\.com|chargebee\\.com|payments-amazon\\.com)$",
  );
  const SMALLEST_FRAME = 10; // CSS pixels; payment services also put unseen frames into ordinary pages

  const canBeSeen = (element) => element.checkVisibility({ visibilityProperty: true });

  const hasSecretField = (root) =>
    [...root.querySelectorAll(SECRET_FIELDS)].some(canBeSeen) ||
    [...root.querySelectorAll("input,textarea")].some((field) => handiwork.isProtected(field) && canBeSeen(field));

  const wordsOf = (field) => [field.name, field.id, field.placeholder, field.ariaLabel].filter(Boolean).join(" ");
  const isCardField = (field) =>
    (CARD_COMPLETION.test(field.autocomplete || field.getAttribute("autocomplete") || "") || CARD_WORDS.test(wordsOf(field))) &&
    !["hidden", "submit", "button", "checkbox", "radio", "search"].includes(field.type) &&
    canBeSeen(field);

  const hostOf = (address) => {
    try {
      return new URL(address).hostname;
    } catch {
      return "";
    }
  };
  const isPaymentFrame = (frame) => {
    if (!PAYMENT_FRAMES.test(hostOf(frame.src)) || !canBeSeen(frame)) return false;
    return frame.offsetWidth >= SMALLEST_FRAME && frame.offsetHeight >= SMALLEST_FRAME;
  };

  const asksForPayment = (root) =>
    [...root.querySelectorAll("input,select")].some(isCardField) || [...root.querySelectorAll("iframe[src]")].some(isPaymentFrame);

  const submitters = (form) => form.querySelectorAll("button,input[type=submit i],input[type=button i]");
  const isSignInForm = (form) =>
    canBeSeen(form) &&
    form.querySelector("input:not([type=hidden i])") !== null &&
    (SIGN_IN_PATH.test(form.getAttribute("action") ?? "") ||
      form.querySelector("[autocomplete~=username i]") !== null ||
      [...submitters(form)].some((button) => SIGN_IN_WORDS.test(button.value || button.textContent)));

  /** Why nothing of these roots (documents and shadow roots of one page) may be kept, or "". */
  handiwork.sensitiveReason = (roots) => {
    if (roots.some(asksForPayment)) return "payment";
    if (roots.some(hasSecretField)) return "password field";
    for (const root of roots) {
      const place = root.defaultView?.location;
      if (place && SIGN_IN_PATH.test(place.pathname + place.hash)) return "sign-in";
      if ([...root.querySelectorAll("form")].some(isSignInForm)) return "sign-in";
    }
    return "";
  };
}
