using System.Text;
using RbpfSpec.Reports;

namespace RbpfSpec.Cli.Outputs;

/// <summary>Commands with <c>--json</c> write JSON whatever happens: where there is no result, an object that says why.</summary>
/// <remarks>What people read on standard error stays there.</remarks>
internal static class JsonErrors
{
    private const string Prefix = "rbpf: ";

    /// <summary>Runs a command; if it fails and has written nothing, writes an object with the property <c>error</c>.</summary>
    /// <param name="run">The command, which yields its exit code.</param>
    public static int Run(Func<int> run)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var told = new Copy(output);
        using var complaints = new Copy(error);
        Console.SetOut(told);
        Console.SetError(complaints);
        try
        {
            var code = run();
            if (code != CommandLine.Holds && told.Text == "")
                output.WriteLine(JsonText.Object(writer => writer.WriteString("error", Message(complaints.Text))));
            return code;
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }

    private static string Message(string complaints) => string.Join('\n', complaints.TrimEnd().ReplaceLineEndings("\n").Split('\n')
        .Select(line => line.StartsWith(Prefix, StringComparison.Ordinal) ? line[Prefix.Length..] : line));

    // Passes all on, and keeps the beginning.
    private sealed class Copy(TextWriter target) : TextWriter
    {
        private const int Longest = 65_536;

        private readonly StringBuilder kept = new();

        public string Text => kept.ToString();

        public override Encoding Encoding => target.Encoding;

        public override void Write(char value)
        {
            if (kept.Length < Longest) kept.Append(value);
            target.Write(value);
        }

        public override void Write(string? value)
        {
            if (kept.Length < Longest) kept.Append(value);
            target.Write(value);
        }

        public override void WriteLine(string? value) => Write(value + target.NewLine);

        public override void Flush() => target.Flush();
    }
}
