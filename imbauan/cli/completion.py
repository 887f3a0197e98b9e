"""The command `completion`: commands and options by the Tab key."""

from __future__ import annotations

import click

VARIABLE = "_IMBAUAN_COMPLETE"
"""What click reads to know that the shell asks for completions."""


@click.command(short_help="Completion of commands and options in the shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes SHELL complete commands and options with the Tab key.

    \b
    Examples:  imbauan completion bash >> ~/.bashrc
               imbauan completion zsh >> ~/.zshrc
               imbauan completion fish > ~/.config/fish/completions/imbauan.fish
    """
    from click.shell_completion import ShellComplete, get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    # Not the class's own source(): it starts the shell to look at its version, which is not ours to do.
    maker = kind(context.find_root().command, {}, "imbauan", VARIABLE)
    click.echo(ShellComplete.source(maker))
