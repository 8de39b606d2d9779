namespace RbpfSpec.Host.Tests.Requests;

/// <summary>The rules of RFC 7252 for an answer to a datagram, from the bytes alone: a second reading, not that of the project.</summary>
internal static class DatagramOracle
{
    private enum Expectation
    {
        Silence,
        Reset,
        Acknowledgement,
        Message,
    }

    // Number, least and greatest length, whether it may come again: RFC 7252 §5.10, RFC 7641 §2, RFC 7959 §2.1 and §4.
    private static readonly (int Number, int Least, int Most, bool Repeats)[] Options =
    [
        (3, 1, 255, false), (4, 1, 8, true), (6, 0, 3, false), (7, 0, 2, false), (11, 0, 255, true), (12, 0, 2, false), (14, 0, 4, false),
        (15, 0, 255, true), (17, 0, 2, false), (23, 0, 3, false), (27, 0, 3, false), (28, 0, 4, false), (35, 1, 1034, false),
        (39, 1, 255, false), (60, 0, 4, false),
    ];

    /// <summary>The fault in what was sent after a datagram; null if there is none.</summary>
    /// <param name="datagram">The datagram.</param>
    /// <param name="sent">All that was sent, the answer first if there is one.</param>
    /// <param name="before">The answer that the same id got; null if it is new.</param>
    public static string? Problem(ReadOnlySpan<byte> datagram, IReadOnlyList<byte[]> sent, byte[]? before)
    {
        var expected = Expected(datagram, out var isBadOption);

        // The same id means the same message, whatever else it says.
        if (before is not null)
            return sent.Count == 1 && before.AsSpan().SequenceEqual(sent[0]) ? null : "a duplicate gets another answer";
        var notifications = sent.Skip(expected is Expectation.Silence ? 0 : 1);
        foreach (var notification in notifications)
        {
            if ((notification[0] >> 5) != 2 || notification[1] >> 5 is not (2 or 4 or 5)) return "something else is sent beside the answer";
        }

        if (expected is Expectation.Silence) return null;
        if (sent.Count == 0) return $"silence, expected {expected}";
        var answer = sent[0];
        var (type, code, tokenLength) = ((answer[0] >> 4) & 3, answer[1], answer[0] & 15);
        if (expected is Expectation.Reset)
        {
            return answer.AsSpan().SequenceEqual<byte>([0x70, 0, datagram[2], datagram[3]]) ? null : "no reset";
        }

        if (answer[0] >> 6 != 1 || Walk(answer) is null) return "the answer is no message";
        if (code >> 5 is not (2 or 4 or 5)) return "the answer has no code of a response";
        if (tokenLength != (datagram[0] & 15) || !answer.AsSpan(4, tokenLength).SequenceEqual(datagram.Slice(4, tokenLength)))
            return "the answer has another token";
        if (answer.Length > 1200) return "the answer is longer than a datagram should be";
        if (isBadOption && code != 0x82) return "a critical option that is not known is not refused";
        if (expected is Expectation.Message) return type == 1 ? null : "the answer to a NON is none";
        return type == 2 && answer[2] == datagram[2] && answer[3] == datagram[3] ? null : "the answer to a CON is no acknowledgement";
    }

    /// <summary>Whether a datagram is a request that has an answer, which its id is remembered with.</summary>
    public static bool IsAnswered(ReadOnlySpan<byte> datagram) =>
        Expected(datagram, out _) is Expectation.Acknowledgement or Expectation.Message;

    /// <summary>Whether a datagram is a request, so that its id may be that of one before.</summary>
    public static bool IsRequest(ReadOnlySpan<byte> datagram) =>
        Expected(datagram, out var isBadOption) is Expectation.Acknowledgement or Expectation.Message || isBadOption;

    private static Expectation Expected(ReadOnlySpan<byte> datagram, out bool isBadOption)
    {
        isBadOption = false;
        if (datagram.Length < 4 || datagram[0] >> 6 != 1) return Expectation.Silence;
        var (type, code) = ((datagram[0] >> 4) & 3, datagram[1]);
        if (type > 1) return Expectation.Silence;
        var rejected = type == 0 ? Expectation.Reset : Expectation.Silence;
        if (Walk(datagram) is not { } options || code == 0 || code >= 32) return rejected;
        List<int> seen = [];
        foreach (var (number, length) in options)
        {
            var known = Options.FirstOrDefault(one => one.Number == number);
            var isGood = known.Number == number && length >= known.Least && length <= known.Most
                && (known.Repeats || !seen.Contains(number));
            if (isGood) seen.Add(number);
            isBadOption |= !isGood && number % 2 == 1;
        }

        if (type == 0) return Expectation.Acknowledgement;
        return isBadOption ? Expectation.Silence : Expectation.Message;
    }

    // The options of a message; null if it has a format error.
    private static List<(int Number, int Length)>? Walk(ReadOnlySpan<byte> bytes)
    {
        List<(int Number, int Length)> options = [];
        var at = 4 + (bytes[0] & 15);
        if ((bytes[0] & 15) > 8 || at > bytes.Length) return null;
        if (bytes[1] == 0) return bytes.Length == 4 ? options : null;
        var number = 0;
        while (at < bytes.Length)
        {
            var first = bytes[at++];
            if (first == 0xff) return at < bytes.Length ? options : null;
            Span<int> values = [first >> 4, first & 15];
            foreach (ref var value in values)
            {
                var extra = value - 12;
                if (extra == 3 || (extra > 0 && at + extra > bytes.Length)) return null;
                if (extra == 1) value = 13 + bytes[at];
                if (extra == 2) value = 269 + (bytes[at] * 256) + bytes[at + 1];
                at += Math.Max(extra, 0);
            }

            number += values[0];
            at += values[1];
            if (number > 65_535 || at > bytes.Length) return null;
            options.Add((number, values[1]));
        }

        return options;
    }
}
