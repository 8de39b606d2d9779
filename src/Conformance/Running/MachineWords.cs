using System.Globalization;
using System.IO.Enumeration;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Conformance.Running;

/// <summary>The meaning of a word of a machine.</summary>
public abstract record WordMeaning
{
    private WordMeaning()
    {
    }

    /// <summary>The program is rejected before it runs.</summary>
    public sealed record Rejection : WordMeaning;

    /// <summary>The program is stopped.</summary>
    /// <param name="Kind">By which trap; null if the word stands for several.</param>
    public sealed record Stop(Trap? Kind) : WordMeaning;
}

/// <summary>The words that a machine has for why a program gives no result: the protocol's, and those that its user translates.</summary>
/// <param name="Translated">
/// Patterns, in which <c>*</c> and <c>?</c> stand for anything, and what they mean; the first that fits counts.
/// </param>
/// <param name="IsLenient">Whether a word that has no meaning passes for whatever refusal a vector expects.</param>
public sealed record MachineWords(Sequence<(string Pattern, WordMeaning Meaning)> Translated, bool IsLenient)
{
    /// <summary>The protocol's word for a rejection.</summary>
    public const string Rejected = PluginProtocol.Rejected;

    private const string AnyTrap = "Trap";
    private const string NoEnd = "NoEnd";
    private const string BadRequest = "BadRequest";
    private const string AtSlot = "at slot ";

    /// <summary>The protocol's words alone.</summary>
    public static MachineWords OfProtocol { get; } = new([], false);

    /// <summary>The texts that may stand right of the equals sign in a file of words.</summary>
    public static string Meanings => $"{Rejected}, {AnyTrap} or one of {string.Join(", ", Enum.GetValues<Trap>())}";

    /// <summary>Reads a file of words: lines <c>PATTERN = MEANING</c>, empty ones, and notes that begin with a hash.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="fault">The line, from 1, that is none of these, and what is wrong with it.</param>
    /// <returns>Null if there is a fault.</returns>
    public static Sequence<(string Pattern, WordMeaning Meaning)>? Read(string text, out (int Line, string Problem) fault)
    {
        fault = (0, "");
        List<(string, WordMeaning)> words = [];
        foreach (var (line, index) in text.Split('\n').Select((line, index) => (line.Trim(), index)))
        {
            if (line == "" || line.StartsWith('#')) continue;
            var at = line.LastIndexOf('=');
            if (at <= 0)
            {
                fault = (index + 1, $"'{line}' translates nothing; expected a word of the machine, '=' and what it means: {Meanings}");
                return null;
            }

            if (MeaningOf(line[(at + 1)..].Trim()) is not { } meaning)
            {
                fault = (index + 1, $"'{line[(at + 1)..].Trim()}' is no meaning; expected {Meanings}");
                return null;
            }

            words.Add((line[..at].Trim(), meaning));
        }

        return words.ToSequence();
    }

    /// <summary>The reply that a machine's word is.</summary>
    /// <param name="word">The word.</param>
    /// <param name="detail">What else it said; <c>at slot N</c> names the slot.</param>
    public MachineReply ReplyOf(string word, string detail)
    {
        foreach (var (pattern, meaning) in Translated)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, word, ignoreCase: false))
            {
                return meaning switch
                {
                    WordMeaning.Rejection => new MachineReply.Rejected(detail),
                    WordMeaning.Stop(var kind) => new MachineReply.Trapped(kind, SlotOf(detail), detail),
                };
            }
        }

        if (word == Rejected) return new MachineReply.Rejected(detail);
        if (TrapOf(word) is { } trap) return new MachineReply.Trapped(trap, SlotOf(detail), detail);
        if (word == NoEnd) return new MachineReply.NoEnd(detail);

        // A number is no name, and a machine that did not understand the question has not answered it.
        return word == BadRequest || !word.Any(char.IsLetter)
            ? new MachineReply.Nonsense(detail == "" ? word : $"{word}: {detail}")
            : new MachineReply.Refused(word, detail, IsLenient);
    }

    /// <summary>The reply that a line of text is, by which a plugin says why there is no result.</summary>
    public MachineReply ReplyOf(string line)
    {
        if (Translated.Any(known => FileSystemName.MatchesSimpleExpression(known.Pattern, line, ignoreCase: false)))
            return ReplyOf(line, "");
        if (line == Rejected || line.StartsWith($"{Rejected}: ", StringComparison.Ordinal))
            return new MachineReply.Rejected(line[Rejected.Length..].TrimStart(':', ' '));
        return line.Split(' ', 3) is ["trap", var kind, .. var rest] && TrapOf(kind) is not null
            ? ReplyOf(kind, string.Join(' ', rest))
            : ReplyOf(line, "");
    }

    /// <summary>The trap of a name; null if it is none. A number, which enumerations are read from, too, is no name.</summary>
    public static Trap? TrapOf(string word)
    {
        foreach (var trap in Enum.GetValues<Trap>())
        {
            if (trap.ToString() == word) return trap;
        }

        return null;
    }

    private static WordMeaning? MeaningOf(string text) =>
        text == Rejected ? new WordMeaning.Rejection()
        : text == AnyTrap ? new WordMeaning.Stop(null)
        : TrapOf(text) is { } trap ? new WordMeaning.Stop(trap)
        : null;

    // More may follow the number.
    private static ulong? SlotOf(string detail)
    {
        if (!detail.StartsWith(AtSlot, StringComparison.Ordinal)) return null;
        var digits = detail.AsSpan(AtSlot.Length);
        var length = digits.IndexOfAnyExceptInRange('0', '9');
        return ulong.TryParse(length < 0 ? digits : digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var slot)
            ? slot
            : null;
    }
}
