using System.ComponentModel;
using System.Diagnostics;

namespace RbpfSpec.Certifying;

/// <summary>A solver of clauses, CaDiCaL: a program that finds values, or a proof that there are none.</summary>
/// <remarks>It is not trusted: what it says counts only if the proof is right.</remarks>
internal static class SatSolver
{
    /// <summary>Its name, and the Debian package that has it.</summary>
    public const string Program = "cadical";

    // What it says by its exit code.
    private const int Satisfiable = 10;
    private const int Unsatisfiable = 20;

    /// <summary>The version; null if the program is not here.</summary>
    public static string? Version => Run(["--version"], TimeSpan.FromSeconds(10), out var output) is null ? output.Trim() : null;

    /// <summary>Asks for a proof.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="limit">The time that it may take.</param>
    /// <param name="proof">The proof, in the binary form of DRAT; empty if there is none.</param>
    /// <param name="problem">Why there is no answer; empty if there is one.</param>
    /// <returns>Whether values can hold; null if there is no answer.</returns>
    public static bool? HasValues(Clauses formula, TimeSpan limit, out byte[] proof, out string problem)
    {
        proof = [];
        var folder = Directory.CreateTempSubdirectory("rbpf-certify-");
        try
        {
            var (question, answer) = (Path.Combine(folder.FullName, "cnf"), Path.Combine(folder.FullName, "proof"));
            File.WriteAllText(question, formula.Text);
            problem = Run(["-q", "-n", question, answer], limit, out _, out var exitCode) ?? "";
            if (problem != "") return null;
            if (exitCode == Satisfiable) return true;
            if (exitCode == Unsatisfiable && File.Exists(answer))
            {
                proof = File.ReadAllBytes(answer);
                return false;
            }

            problem = $"{Program} ends with exit code {exitCode}";
            return null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? Run(string[] arguments, TimeSpan limit, out string output) => Run(arguments, limit, out output, out _);

    // What went wrong; null if it ran to its end.
    private static string? Run(string[] arguments, TimeSpan limit, out string output, out int exitCode)
    {
        (output, exitCode) = ("", 0);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
            var text = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(limit))
            {
                process.Kill();
                process.WaitForExit();
                return $"{Program} has no answer within {limit.TotalSeconds:0} s";
            }

            (output, exitCode) = (text.GetAwaiter().GetResult(), process.ExitCode);
            return null;
        }
        catch (Win32Exception)
        {
            return $"there is no {Program} here; expected the Debian package of that name";
        }
    }
}
