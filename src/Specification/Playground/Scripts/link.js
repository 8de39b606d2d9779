// Files that people drop, and links that carry a whole session: program, memory and profile in the part behind '#'.
playground.link = (() => {
  const encode = bytes => {
    let text = "";
    for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
    return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const decode = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), character => character.charCodeAt(0));

  // A session is an object of texts and numbers; bytes in it are encoded.
  const write = async session => {
    const json = new TextEncoder().encode(JSON.stringify(session, (_, value) => value instanceof Uint8Array ? { bytes: encode(value) } : value));
    const stream = new Blob([json]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    return "#" + encode(new Uint8Array(await new Response(stream).arrayBuffer()));
  };

  const read = async fragment => {
    try {
      const stream = new Blob([decode(fragment.replace(/^#/, ""))]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
      const session = JSON.parse(await new Response(stream).text(), (_, value) =>
        value && typeof value === "object" && typeof value.bytes === "string" && Object.keys(value).length === 1 ? decode(value.bytes) : value);
      const { image, source, ...rest } = session, isText = value => typeof value === "string";
      const isWhole = image === undefined ? isText(source)
        : isText(image.name) && image.bytes instanceof Uint8Array && (image.start === null || isText(image.start));
      if (!isWhole || !Object.values(rest).every(isText)) throw new Error();
      return session;
    } catch {
      throw new Error("the link is damaged: it holds no program that can be read; expected one that this page made");
    }
  };

  // What is wrong with a text that would keep the page busy for longer than anybody waits; null if nothing is.
  const mostText = 2_000_000;
  const tooLong = text => text !== undefined && text.length > mostText
    ? `the text has ${text.length} characters; expected at most ${mostText} here, and 'rbpf run' takes more` : null;

  // A file as { text }, an assembly text, or { image: { bytes, entry, regions, names } }.
  function open(bytes, helpers, start) {
    const isText = bytes.every(byte => byte >= 32 && byte !== 127 || byte >= 9 && byte <= 13);
    if (bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46) return { image: playground.objects.elf(bytes, helpers, start) };
    if (String.fromCharCode(...bytes.subarray(0, 4)) === "rBPF" || String.fromCharCode(...bytes.subarray(0, 4)) === "FPBr") return { image: playground.objects.rbf(bytes) };
    if (String.fromCharCode(...bytes.subarray(0, 4)) === "rBPK") throw new Error("this is a packed program, which the page does not unpack; 'rbpf unpack' does");
    if (!isText) return { image: { bytes, entry: 0, regions: [], names: new Map() } };
    const text = new TextDecoder().decode(bytes), digits = text.replace(/(#|;|\/\/).*/g, "").replace(/\s/g, "");
    if (/^(0x)?([0-9a-f]{16})+$/i.test(digits)) {
      const pairs = digits.replace(/^0x/i, "").match(/../g);
      return { image: { bytes: Uint8Array.from(pairs, pair => parseInt(pair, 16)), entry: 0, regions: [], names: new Map() } };
    }
    return { text };
  }

  return { write, read, open, tooLong };
})();
