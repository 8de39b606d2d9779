using System.CommandLine;
using RbpfSpec.Benchmarks;
using RbpfSpec.Interp;

namespace RbpfSpec.Cli.Inputs.Options;

/// <summary>The option <c>--peer</c>: machines of others, each <c>name=command</c>.</summary>
public sealed class PeerOption : Option<(string Name, string Command)[]>
{
    // The columns of the table that are there without a peer.
    private static readonly string[] Taken = ["native", .. Enum.GetValues<Engine>().Select(Measurement.NameOf), Measurement.Certified];

    /// <summary>The option, empty where it is not given.</summary>
    public PeerOption()
        : base("--peer")
    {
        Description = "Another machine, timed through the batch protocol: name=command, a line for the shell; may be given more than once.";
        HelpName = "name=command";
        Arity = ArgumentArity.OneOrMore;
        AllowMultipleArgumentsPerToken = false;
        DefaultValueFactory = _ => [];
        CustomParser = result =>
        {
            List<(string Name, string Command)> peers = [];
            foreach (var token in result.Tokens)
            {
                var at = token.Value.IndexOf('=', StringComparison.Ordinal);
                if (at <= 0 || at == token.Value.Length - 1)
                    result.AddError($"--peer '{token.Value}' makes no sense; expected name=command, such as 'mine=./vm --batch'");
                else if (peers.Exists(peer => peer.Name == token.Value[..at]) || Taken.Contains(token.Value[..at]))
                    result.AddError($"--peer '{token.Value}': the name '{token.Value[..at]}' is taken; expected another one");
                else
                    peers.Add((token.Value[..at], token.Value[(at + 1)..]));
            }

            return [.. peers];
        };
    }
}
