using System.Text;

namespace RbpfSpec.Serving.Secure;

/// <summary>A key that a client and the device share.</summary>
/// <param name="Identity">The name by which the client says which key it has.</param>
/// <param name="Key">Its bytes.</param>
public sealed record SharedKey(string Identity, Sequence<byte> Key);

/// <summary>The result of reading a file of shared keys.</summary>
public abstract record PskReading
{
    private PskReading()
    {
    }

    /// <summary>The keys, in order.</summary>
    public sealed record Read(Sequence<SharedKey> Keys) : PskReading;

    /// <summary>It is no such file.</summary>
    /// <param name="Line">The line, from 1.</param>
    /// <param name="Problem">What is wrong, and what would be right.</param>
    public sealed record Malformed(int Line, string Problem) : PskReading;
}

/// <summary>Files of shared keys: a line <c>identity:key</c> each, the key in hexadecimal, as GnuTLS's psktool writes them.</summary>
public static class PskFile
{
    private const int LongestIdentity = 128;

    private const int LongestKey = 64;

    /// <summary>Reads the text of a file; blank lines, and those that begin with <c>#</c>, say nothing.</summary>
    public static PskReading Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<SharedKey> keys = [];
        foreach (var (at, line) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            if (line.Trim() == "" || line[0] == '#') continue;
            if (KeyOf(line, out var problem) is not { } key) return new PskReading.Malformed(at + 1, problem);
            if (keys.Any(other => other.Identity == key.Identity))
                return new PskReading.Malformed(at + 1, $"the identity '{key.Identity}' comes twice");
            keys.Add(key);
        }

        return keys.Count > 0
            ? new PskReading.Read(keys.ToSequence())
            : new PskReading.Malformed(1, "there is no key; expected identity:key");
    }

    // The key is never told.
    private static SharedKey? KeyOf(string line, out string problem)
    {
        problem = "no colon; expected identity:key, the key in hexadecimal";
        var colon = line.LastIndexOf(':');
        if (colon < 0) return null;
        var (identity, digits) = (line[..colon], line[(colon + 1)..].Trim());
        problem = $"an identity of {Encoding.UTF8.GetByteCount(identity)} bytes; expected 1 to {LongestIdentity}";
        if (Encoding.UTF8.GetByteCount(identity) is 0 or > LongestIdentity) return null;
        problem = $"the key of '{identity}' is not two hexadecimal digits a byte; expected 1 to {LongestKey} bytes";
        return digits.Length is > 0 and <= 2 * LongestKey && digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit)
            ? new(identity, Sequence.Of<byte>(Convert.FromHexString(digits)))
            : null;
    }
}
